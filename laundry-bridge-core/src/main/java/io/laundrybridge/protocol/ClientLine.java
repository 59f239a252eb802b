package io.laundrybridge.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a client, parsed and checked. */
public sealed interface ClientLine {

    /**
     * Subscribe to a channel, or change the subscription that stands; {@code where} is the JSON of a filter, not yet looked
     * at; {@code every} is zero where every event is wanted, {@code flush} where none is to be gathered; {@code compress} asks
     * for frames that are compressed; {@code view} says what the page shows, if it is said along with it.
     */
    record Subscribe(
            long id,
            String channel,
            @Nullable StartFrom from,
            @Nullable StartFrom otherwise,
            List<String> keys,
            @Nullable Map<String, @Nullable Object> where,
            Duration every,
            Duration flush,
            boolean compress,
            @Nullable InView view)
            implements ClientLine {}

    /** End a subscription. */
    record Unsubscribe(long id, String channel) implements ClientLine {}

    /** The page is hidden, or back; {@code latest} if of what it missed the newest event of each key is enough for it. */
    record Hidden(@Nullable Long id, boolean hidden, boolean latest) implements ClientLine {}

    /** The page shows only these keys of a channel; with null all again. */
    record InView(
            @Nullable Long id, String channel, @Nullable List<String> keys) implements ClientLine {}

    /** The answer to a beat. */
    record Beat(long n) implements ClientLine {}

    /** Asks for a pong. */
    record Ping(long id) implements ClientLine {}

    /** A line of the protocol that is wrong in itself: answered with an error, without effect. */
    record Refused(@Nullable Long id, ErrorCode code, String message) implements ClientLine {}
}
