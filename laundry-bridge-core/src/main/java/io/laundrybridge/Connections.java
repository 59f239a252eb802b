package io.laundrybridge;

import io.laundrybridge.channel.ChannelListener;
import io.laundrybridge.channel.ChannelPhase;
import io.laundrybridge.channel.ChannelState;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The connections of a bridge: that of its channel, and one per variant of the channel. Thread-safe. */
final class Connections {
    /** The phases, the worst last. */
    private static final List<ChannelPhase> BY_SEVERITY =
            List.of(ChannelPhase.LIVE, ChannelPhase.STALE, ChannelPhase.LOADING, ChannelPhase.FAILED);

    private final List<Connection> all;
    private final List<AutoCloseable> owned;

    /** Joins {@code all}, the channel's own first. Everything {@code owned} is closed at the end. */
    Connections(List<Connection> all, List<AutoCloseable> owned) {
        this.all = List.copyOf(all);
        this.owned = List.copyOf(owned);
    }

    /** Returns the name of the channel, which its variants share. */
    String name() {
        return all.get(0).channel().name();
    }

    /** Calls {@code listener} at each change of the channel and its variants. */
    void listen(ChannelListener listener) {
        all.forEach(each -> each.channel().listen(listener));
    }

    /** Returns the state of the channel or variant that is worst. */
    ChannelState state() {
        return all.stream()
                .map(each -> each.channel().state())
                .max(Comparator.comparingInt(state -> BY_SEVERITY.indexOf(state.phase())))
                .orElseThrow();
    }

    /** Connects all. Ends after the current step once {@code over} is true. */
    void connect(BooleanSupplier over) {
        all.forEach(each -> each.connect(over));
    }

    /** Disconnects all. Logs what does not close cleanly. */
    void disconnect() {
        all.forEach(Connection::disconnect);
        owned.forEach(Connection::close);
    }
}
