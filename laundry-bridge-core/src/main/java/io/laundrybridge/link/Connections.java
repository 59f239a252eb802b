package io.laundrybridge.link;

import io.laundrybridge.channel.ChannelPhase;
import io.laundrybridge.channel.ChannelState;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The connections of a bridge: that of its channel, and one per variant of the channel. Thread-safe. */
public final class Connections implements Link {
    /** The phases, the worst last. */
    static final List<ChannelPhase> BY_SEVERITY =
            List.of(ChannelPhase.LIVE, ChannelPhase.STALE, ChannelPhase.LOADING, ChannelPhase.FAILED);

    private final List<Connection> all;
    private final List<AutoCloseable> owned;

    /** Joins {@code all}, the channel's own first. Everything {@code owned} is closed at the end. */
    public Connections(List<Connection> all, List<AutoCloseable> owned) {
        this.all = List.copyOf(all);
        this.owned = List.copyOf(owned);
    }

    /** {@inheritDoc} Its variants share it. */
    @Override
    public String name() {
        return all.get(0).channel().name();
    }

    @Override
    public void listen(Runnable changed) {
        all.forEach(each -> each.channel().listen(channel -> changed.run()));
    }

    /** Returns the condition of the channel or variant that is worst. */
    @Override
    public Condition condition() {
        ChannelState worst = all.stream()
                .map(each -> each.channel().state())
                .max(Comparator.comparingInt(state -> BY_SEVERITY.indexOf(state.phase())))
                .orElseThrow();
        return new Condition(worst.phase(), worst.reason(), worst.health().passes());
    }

    @Override
    public void connect(BooleanSupplier over) {
        all.forEach(each -> each.connect(over));
    }

    @Override
    public void disconnect() {
        all.forEach(Connection::disconnect);
        owned.forEach(Connection::close);
    }
}
