package io.laundrybridge.publish;

import io.laundrybridge.policy.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that a client publishes to a channel, after all checks and before it becomes a record.
 *
 * <p>The array is shared, not copied: nobody changes it.
 *
 * @param channel the channel's name
 * @param caller the user who publishes it
 * @param messageId the client's name of the message, the same in each repeat of it
 * @param key the key that the client proposes, or null
 * @param value the value as one JSON text in UTF-8, without white space around it; {@code null} is a JSON text too
 * @param time when the server took it
 */
public record Publish(
        String channel,
        Caller caller,
        String messageId,
        @Nullable String key,
        byte[] value,
        Instant time) {

    /** Leaves out the value, which may be private. */
    @Override
    public String toString() {
        return "Publish[channel=" + channel + ", user=" + caller.name() + ", messageId=" + messageId + ", "
                + value.length + " bytes]";
    }
}
