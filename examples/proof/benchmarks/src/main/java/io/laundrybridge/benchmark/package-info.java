/**
 * Measures the bridge beside its alternatives: starts a broker, servers, a producer and clients as processes of their
 * own, measures the server alone and writes a report. Begin at {@link io.laundrybridge.benchmark.Benchmark}.
 */
@NullMarked
package io.laundrybridge.benchmark;

import org.jspecify.annotations.NullMarked;
