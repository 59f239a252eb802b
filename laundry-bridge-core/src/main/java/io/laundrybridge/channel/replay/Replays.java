package io.laundrybridge.channel.replay;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.source.EventSource;

/**
 * The replay of one node for all of its channels, with a few readers at a time and a bounded memory of pieces. Threads
 * {@code laundry-bridge-replay-N} start when a request waits and end after ten seconds without one. Thread-safe.
 */
public final class Replays implements AutoCloseable {
    private final ReplayLimits limits;
    private final HostServices services;
    private final HeldPieces pieces;
    private final ReplayTurns turns;
    private final ReplayThreads threads;
    private final ReplayTurns.Rate rate;

    private Replays(ReplayLimits limits, HostServices services) {
        this.limits = limits;
        this.services = services;
        this.pieces = new HeldPieces(limits.heldBytes(), services.telemetry());
        this.rate = new ReplayTurns.Rate(limits.bytesPerSecond(), services.nanoTime());
        this.turns = new ReplayTurns(rate, services.nanoTime());
        this.threads = new ReplayThreads(limits.readers(), turns, rate, services);
    }

    /** Returns a replay within {@code limits}. */
    public static Replays of(ReplayLimits limits, HostServices services) {
        return new Replays(limits, services);
    }

    /** Begins to serve {@code channel}. The mappings of its encoding are called on the readers' threads too. */
    public ChannelReplay open(String channel, EventSource source, Encoding encoding) {
        ReplayQueue queue = new ReplayQueue(channel, limits, pieces, services);
        ReplayReader reader = new ReplayReader(channel, source, encoding, queue, limits.pieceBytes(), services);
        turns.add(reader);
        return new ChannelReplay(queue, threads::wanted, () -> letGo(reader));
    }

    /** Returns a worker that serves turns when its caller says so. For simulations, which have no replay threads. */
    public ReplayWorker worker() {
        return new ReplayWorker(turns, rate, services.nanoTime());
    }

    /** Ends the readers and waits for them, at most five seconds each. */
    @Override
    public void close() {
        turns.close().forEach(this::letGo);
        threads.close();
    }

    private void letGo(ReplayReader reader) {
        turns.remove(reader);
        reader.queue().close();
    }
}
