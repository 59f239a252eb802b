package io.laundrybridge.kafka.inprocess;

import java.util.Map;
import java.util.function.IntUnaryOperator;

/** The shape of a cluster before its ports are known. */
record ClusterPlan(int brokers, IntUnaryOperator advertisedPort, Map<String, String> settings) {}
