package io.laundrybridge.session;

import static io.laundrybridge.config.BridgeSettings.STAMP_CHANNELS;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.StampedChannel;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers by which the answer of a REST call and the stream of a channel are joined without a hole. Made by
 * {@link WebSocketSink#stamps}. Thread-safe, and never blocks.
 *
 * <p>{@link #AT} says how far this node had read each channel <em>before</em> the call was handled. A page loads state
 * by the call, and subscribes at that position. It misses nothing if the handler reads everything that was committed
 * before it began: then what the stream had before is in the state.
 *
 * <p>Positions are open, unless an access rule of the channel may show some rows only and the sink has a secret. Then
 * they are sealed, and tell nothing. A reader of the channel may start at either, whatever it may read.
 */
public final class Stamps {
    /** The response header with the position of each channel before the request was handled. */
    public static final String AT = "Laundry-Bridge-At";

    /** The response header with the places of the records that a handler has written. */
    public static final String WROTE = "Laundry-Bridge-Wrote";

    private static final Logger LOG = LoggerFactory.getLogger(Stamps.class);
    private static final int MOST_CHARS = 4_096;

    private final List<StampedChannel> channels;
    private final AtomicBoolean warned = new AtomicBoolean();

    Stamps(EndpointContext context, Collection<String> names) {
        for (String name : names) {
            if (!context.channels().names().contains(name)) {
                throw new SettingException(
                        STAMP_CHANNELS.key(),
                        STAMP_CHANNELS + " is '" + String.join(",", names) + "', but there is no channel '" + name
                                + "'; the channels are "
                                + String.join(
                                        ", ", new TreeSet<>(context.channels().names())));
            }
        }
        this.channels = names.stream()
                .distinct()
                .map(name -> new StampedChannel(name, context))
                .toList();
    }

    /**
     * {@return the content of the header {@link #AT} now, such as {@code machines=k3x9.67a1f0:0@1235.7}; null if no
     * channel is ready} A channel that is not ready is left out. So is one with which the header would have more
     * than 4,096 characters, with a warning in the log. Call it before the request is handled.
     */
    public @Nullable String at() {
        StringBuilder header = new StringBuilder();
        for (StampedChannel channel : channels) {
            String position = channel.position();
            if (position != null && fits(channel.name(), position, header)) {
                header.append(header.isEmpty() ? "" : ", ")
                        .append(channel.name())
                        .append('=')
                        .append(position);
            }
        }
        return header.isEmpty() ? null : header.toString();
    }

    /** Servers refuse a response whose headers are too long, most beyond 8 KiB together. */
    private boolean fits(String channel, String position, StringBuilder header) {
        boolean fits = header.length() + channel.length() + position.length() <= MOST_CHARS;
        if (!fits && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Channel '{}' is left out of the header {}, because it would be longer than {} characters. The"
                            + " topic has too many partitions, or too many channels are stamped together",
                    channel,
                    AT,
                    MOST_CHARS);
        }
        return fits;
    }

    /**
     * {@return the content of the header {@link #WROTE}, such as {@code commands=2@77.3,0@12}}
     *
     * @param channel the name of a stamped channel, whose topic has the records
     * @param records the places of the records, at least one
     * @throws IllegalArgumentException if the channel is not stamped, or there is no record
     */
    public String wrote(String channel, RecordPlace... records) {
        StampedChannel stamped = channels.stream()
                .filter(each -> each.name().equals(channel))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("channel '" + channel + "' is not stamped here"));
        if (records.length == 0) {
            throw new IllegalArgumentException("there is no record");
        }
        return channel + "=" + stamped.receipt(Arrays.asList(records));
    }
}
