/** Spring's STOMP over WebSocket behind a Kafka listener, as its guides show it: one of the benchmarks' peers. */
@NullMarked
package io.laundrybridge.benchmark.stomp;

import org.jspecify.annotations.NullMarked;
