package io.laundrybridge.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Makes the record of a publish: its key, value and headers. The client chooses none of them by itself.
 *
 * <p>It is called on a thread that may block, for several publishes at the same time. If it throws a {@link
 * PublishException}, the client gets its code and message; anything else is {@code internal}, and logged.
 */
@FunctionalInterface
public interface PublishMapping {
    /** The header with the client's name of the message, the same in each repeat of it. */
    String MESSAGE_ID = "laundry-bridge-mid";

    /** The header with the name of the user who published; empty if anonymous. */
    String USER = "laundry-bridge-user";

    /** The header with the time at which the server took it, in milliseconds since 1970. */
    String TIME = "laundry-bridge-time";

    /**
     * {@return the record of {@code publish}} The library adds the headers {@link #MESSAGE_ID}, {@link #USER} and
     * {@link #TIME} in place of any of these names.
     *
     * @param publish a value that its caller may publish
     * @throws PublishException if this value is refused
     */
    OutgoingRecord record(Publish publish);

    /** {@return the mapping that takes key and value as the client gave them} */
    static PublishMapping asGiven() {
        return publish -> new OutgoingRecord(
                publish.key() == null ? null : publish.key().getBytes(UTF_8), publish.value(), List.of());
    }
}
