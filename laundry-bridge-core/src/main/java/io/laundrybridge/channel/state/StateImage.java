package io.laundrybridge.channel.state;

import io.laundrybridge.channel.log.ChannelLog;
import java.util.List;

/**
 * The newest value of every key at one place. Immutable; shared by the sessions that ask for it.
 *
 * @param log the log that goes on where the image ends
 * @param index the log's head when the image was taken: what comes next is the entry there
 * @param rows one per key that has a value, in the order of their last change
 */
public record StateImage(ChannelLog log, long index, List<Row> rows) {

    /**
     * The newest event of a key.
     *
     * @param key the key's text
     * @param line the event's line without a line end; not to be changed
     * @param valueFrom where the value begins in the line; it ends one byte before the line does
     * @param original the value as plain clients get it, where it differs from the line's; else null
     */
    public record Row(String key, byte[] line, int valueFrom, byte @org.jspecify.annotations.Nullable [] original) {}
}
