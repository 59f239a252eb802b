package io.laundrybridge.benchmark.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * The environment of a server at its start.
 *
 * @param brokers Kafka's address
 * @param topic the topic that it carries
 * @param heapMiB the heap of a server that is a JVM, its least and its most
 * @param folder the folder in which it may write
 * @param settings arguments of our server beyond its usual ones
 * @param flushMillis how long clients of this workload let a server gather; 0 for none
 */
public record Ground(String brokers, String topic, int heapMiB, Path folder, List<String> settings, int flushMillis) {}
