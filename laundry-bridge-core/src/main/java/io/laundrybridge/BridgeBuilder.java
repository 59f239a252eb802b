package io.laundrybridge;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.ValueDecoder;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.source.EventSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of a bridge: how records are read. Without a call here, JSON values pass through unchanged. Each
 * method returns this builder; not thread-safe.
 */
public final class BridgeBuilder {
    private final EventSource source;
    private Encoding encoding = Encoding.json();
    private UndecodablePolicy undecodable = UndecodablePolicy.SKIP;

    BridgeBuilder(EventSource source) {
        this.source = source;
    }

    /**
     * Shows a view of each record: its JSON value is read into {@code type}, and the result of {@code mapping} is
     * written as JSON. A null from the mapping is shown as a deletion.
     *
     * <p>The mapping is called on the source's thread, and at the same time on the threads of {@link
     * io.laundrybridge.channel.replay.Replays} for replayed records. It must be thread-safe and depend on its record
     * only. If it throws anything, errors included, the record is undecodable. After a {@link
     * io.laundrybridge.error.RetriableDecodeException} the channel waits for another try instead.
     *
     * @param <T> what a value is read into
     * @param type what a JSON value is read into, by Jackson
     * @param mapping makes the view of a record
     * @return this builder
     */
    public <T> BridgeBuilder map(Class<T> type, Function<? super T, ? extends @Nullable Object> mapping) {
        encoding = encoding.mapped(type, mapping);
        return this;
    }

    /**
     * Shows a view of each record, as {@link #map(Class, Function)}, whose value {@code decoder} reads, for example
     * Avro through {@link io.laundrybridge.source.kafka.KafkaDecoder}.
     *
     * @param <T> what a value is read into
     * @param decoder reads values
     * @param mapping makes the view of a record
     * @return this builder
     */
    public <T> BridgeBuilder map(ValueDecoder<T> decoder, Function<? super T, ? extends @Nullable Object> mapping) {
        encoding = encoding.decoded(decoder, mapping);
        return this;
    }

    /**
     * Sets how keys are shown; default {@link KeyDecoder#UTF_8}.
     *
     * @param decoder makes the text of a key
     * @return this builder
     */
    public BridgeBuilder keys(KeyDecoder decoder) {
        encoding = encoding.keys(decoder);
        return this;
    }

    /**
     * Sets the bounds of records; default {@link ValueLimits#DEFAULT}.
     *
     * @param limits the longest value and key, the deepest nesting, the longest number
     * @return this builder
     */
    public BridgeBuilder limits(ValueLimits limits) {
        encoding = encoding.limits(limits);
        return this;
    }

    /**
     * Sets what happens to records that cannot be decoded; default {@link UndecodablePolicy#SKIP}.
     *
     * @param policy what happens to them
     * @return this builder
     */
    public BridgeBuilder undecodable(UndecodablePolicy policy) {
        undecodable = policy;
        return this;
    }

    /**
     * Names the channel and begins its own settings.
     *
     * @param name 1 to 128 of {@code A-Z a-z 0-9 _ . : -}
     * @return the second stage of the builder
     */
    public ChannelBuilder channel(String name) {
        return new ChannelBuilder(source, encoding, undecodable, name);
    }
}
