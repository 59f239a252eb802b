package io.laundrybridge.benchmark.peer;

import java.nio.file.Path;

/**
 * What a server is started on.
 *
 * @param brokers Kafka's address
 * @param topic what it carries
 * @param heapMiB the heap of a server that is a JVM, its least and its most
 * @param folder where it may write
 */
public record Ground(String brokers, String topic, int heapMiB, Path folder) {}
