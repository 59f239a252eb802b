package io.laundrybridge.session.await;

/**
 * A request that waits until its session has received everything up to a place.
 *
 * @param deadline when it fails, in nanoseconds of the host's clock
 */
record Awaited(long id, String channel, AwaitedPlace place, long deadline) {}
