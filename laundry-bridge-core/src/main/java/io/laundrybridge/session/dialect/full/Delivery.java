package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.protocol.ClientLine;
import java.time.Duration;

/**
 * The way in which a subscription's events are delivered.
 *
 * @param every the interval between two looks at the newest event of each key; zero if every event is sent
 * @param flush how long events are gathered; zero if they are not
 * @param compress whether frames are compressed if that is shorter
 */
record Delivery(Duration every, Duration flush, boolean compress) {

    /** Returns what {@code request} asks for, as far as the channel allows it. */
    static Delivery of(ClientLine.Subscribe request, ChannelPolicy policy) {
        Duration least = policy.flush();
        return new Delivery(
                request.every(),
                request.flush().compareTo(least) > 0 ? request.flush() : least,
                request.compress() && policy.compress());
    }
}
