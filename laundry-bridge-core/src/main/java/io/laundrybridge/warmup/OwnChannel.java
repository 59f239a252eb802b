package io.laundrybridge.warmup;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.channel.ChannelWriter;
import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.link.Connection;
import io.laundrybridge.link.Connections;
import io.laundrybridge.link.Link;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.source.EventSource;
import java.time.Duration;
import java.util.List;

/** Makes the channels of a rehearsal: as those of bridges, but small. */
final class OwnChannel {
    /** Memory is short, so that a client from the beginning has records read again. */
    private static final Retention SHORT = Retention.of(Duration.ofMinutes(5), 1 << 20);

    private OwnChannel() {}

    /** Returns the channel {@code name} between {@code source} and {@code sink}; with {@code state} or without. */
    static Link of(
            String name, boolean state, EventSource source, EventSink sink, Replays replays, HostServices services) {
        FilterFields fields = state ? FilterFields.NONE : MachineRecords.FIELDS; // both kinds of check
        Encoding encoding = Encoding.json().filterFields(fields).state(state);
        ChannelPolicy policy = new ChannelPolicy(
                Access.anonymous(),
                state ? FallBehind.CONFLATE : FallBehind.CATCH_UP,
                SHORT,
                ReplayBudget.DEFAULT,
                Duration.ZERO,
                false,
                state ? StateLimits.DEFAULT : null,
                fields,
                0);
        Channel channel = new Channel(name, policy, replays.open(name, source, encoding), services);
        ChannelWriter writer =
                new ChannelWriter(channel, encoding.encoder(name), UndecodablePolicy.SKIP, source.deadLetters());
        sink.announce(channel);
        return new Connections(List.of(new Connection(source, channel, writer, List.of(sink))), List.of());
    }
}
