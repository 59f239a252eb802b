package io.laundrybridge.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a client, parsed and checked. */
public sealed interface ClientLine {

    /**
     * Subscribes to a channel, or changes the existing subscription. {@code where} is the JSON of a filter, not yet
     * checked. {@code every} is zero if every event is wanted, {@code flush} if none is to be gathered.
     * {@code compress} requests compressed frames. {@code view} has the keys that the page shows, if they are given.
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

    /** Ends a subscription. */
    record Unsubscribe(long id, String channel) implements ClientLine {}

    /**
     * The page is hidden, or visible again; with {@code latest}, the newest missed event of each key is enough for it.
     */
    record Hidden(@Nullable Long id, boolean hidden, boolean latest) implements ClientLine {}

    /** The page shows only these keys of a channel; null means all again. */
    record InView(
            @Nullable Long id, String channel, @Nullable List<String> keys) implements ClientLine {}

    /** The answer to a beat. */
    record Beat(long n) implements ClientLine {}

    /** A request for a pong. */
    record Ping(long id) implements ClientLine {}

    /** A line of the protocol with wrong content: it is answered with an error and has no effect. */
    record Refused(@Nullable Long id, ErrorCode code, String message) implements ClientLine {}
}
