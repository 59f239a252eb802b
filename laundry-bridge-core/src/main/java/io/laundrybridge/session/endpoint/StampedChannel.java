package io.laundrybridge.session.endpoint;

import static java.util.stream.Collectors.joining;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.publish.RecordPlace;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose places leave the server outside sessions, in responses that any of its readers may get. They are
 * sealed if they could tell a reader of some rows how many others there are. Thread-safe.
 */
public final class StampedChannel {
    private final String name;
    private final EndpointContext context;

    public StampedChannel(String name, EndpointContext context) {
        this.name = name;
        this.context = context;
    }

    public String name() {
        return name;
    }

    /**
     * Returns how far this node has read the channel: everything before is in its log, or is a hole. Null if the
     * channel is not ready here.
     */
    public @Nullable String position() {
        ChannelLog log = log();
        return log == null ? null : text(log.epoch(), log.progress());
    }

    /** Returns a place that is behind {@code records} of the channel's topic, as an {@code ack} has it. */
    public String receipt(List<RecordPlace> records) {
        if (!isSealed(variants())) {
            return records.stream().map(RecordPlace::toString).collect(joining(","));
        }
        PositionVector behind = PositionVector.ORIGIN;
        for (RecordPlace record : records) {
            if (behind.next(record.partition()) <= record.offset()) {
                behind = behind.with(record.partition(), record.offset() + 1, record.leaderEpoch());
            }
        }
        ChannelLog log = log();
        return text(log == null ? "" : log.epoch(), behind);
    }

    private String text(String epoch, PositionVector vector) {
        Collection<KnownChannel> variants = variants();
        return context.sealing()
                .forAnyReader(
                        name,
                        isSealed(variants),
                        variants.size() > 1 || restricts(variants),
                        epoch,
                        context.services().clock().instant(),
                        vector);
    }

    private boolean isSealed(Collection<KnownChannel> variants) {
        return context.sealing().seals() && restricts(variants);
    }

    private static boolean restricts(Collection<KnownChannel> variants) {
        return variants.stream().anyMatch(variant -> !variant.policy().access().wholeOrNothing());
    }

    private Collection<KnownChannel> variants() {
        return context.channels().variants(name);
    }

    /** Returns the log of the first variant that is ready here; null if there is none. */
    private @Nullable ChannelLog log() {
        return variants().stream()
                .map(KnownChannel::attached)
                .filter(Objects::nonNull)
                .map(Channel::state)
                .filter(ChannelState::ready)
                .map(ChannelState::log)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
