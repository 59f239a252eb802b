package io.laundrybridge;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.RecordView;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.event.ValueDecoder;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.source.EventSource;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * The first stage of a bridge: how records are read. Without a call here, JSON values pass through unchanged. Each
 * method returns this builder; not thread-safe.
 */
public final class BridgeBuilder {
    private final EventSource source;
    private Encoding encoding = Encoding.json();
    private UndecodablePolicy undecodable = UndecodablePolicy.SKIP;

    /**
     * What differs between the variants of a channel.
     *
     * @param name the variant's name, for meters; "" for the channel itself
     * @param access decides which callers get it
     * @param encoding how it shows records
     * @param undecodable what happens to records that cannot be decoded
     */
    record Variant(String name, Access access, Encoding encoding, UndecodablePolicy undecodable) {}

    BridgeBuilder(EventSource source) {
        this.source = source;
    }

    /** Begins as {@code base}, which reads {@code source} too. */
    BridgeBuilder(EventSource source, Variant base) {
        this(source);
        encoding = base.encoding();
        undecodable = base.undecodable();
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
        return map(type, (value, record) -> mapping.apply(value));
    }

    /**
     * Shows a view of each record, as {@link #map(Class, Function)}, made from its value and the whole record: key,
     * headers, timestamp, partition.
     *
     * <pre>{@code
     * records.map(Order.class, (order, record) -> new OrderView(order.id(), record.header("region")))
     * }</pre>
     *
     * @param <T> what a value is read into
     * @param type what a JSON value is read into, by Jackson
     * @param mapping makes the view of a value and its record
     * @return this builder
     */
    public <T> BridgeBuilder map(
            Class<T> type, BiFunction<? super T, ? super SourceRecord, ? extends @Nullable Object> mapping) {
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
        return map(decoder, (value, record) -> mapping.apply(value));
    }

    /**
     * Shows a view of each record, made from the value that {@code decoder} reads and from the whole record.
     *
     * @param <T> what a value is read into
     * @param decoder reads values
     * @param mapping makes the view of a value and its record
     * @return this builder
     */
    public <T> BridgeBuilder map(
            ValueDecoder<T> decoder, BiFunction<? super T, ? super SourceRecord, ? extends @Nullable Object> mapping) {
        encoding = encoding.decoded(decoder, mapping);
        return this;
    }

    /**
     * Shows records in another form before anything else reads them: filters, decoders, mappings and {@link #keys} get
     * what the view shows. Several views are applied one after the other. For rows that Debezium captures:
     *
     * <pre>{@code
     * Bridge.fromTopic("laundry.public.machine", kafka).view(DebeziumView.after())
     * }</pre>
     *
     * <p>A record may be four times as large as {@link #limits} allow for a value, as a view shows a part of it.
     *
     * @param view shows each record; called as a mapping is, by several threads
     * @return this builder
     */
    public BridgeBuilder view(RecordView view) {
        encoding = encoding.viewed(view);
        return this;
    }

    /**
     * Drops the records that {@code kept} does not accept, before the log. Clients see a hole, as after compaction, and
     * no gap. A deletion is asked for too. Several filters must all accept a record.
     *
     * <p>On a channel with state ({@link ChannelBuilder#latestByKey()}), a dropped record is a deletion of its key, so
     * that the key has no outdated value. It is sent if the key has a value, and in replays of older records.
     *
     * <p>A filter is called as a mapping is, by several threads. If it throws, the record is undecodable.
     *
     * @param kept accepts the records to show
     * @return this builder
     */
    public BridgeBuilder filter(Predicate<? super SourceRecord> kept) {
        encoding = encoding.filtered(kept);
        return this;
    }

    /**
     * Drops the records whose value {@code kept} does not accept, as {@link #filter(Predicate)}. Deletions are shown.
     * The value is read once more for a mapping.
     *
     * @param <T> what a value is read into
     * @param type what a JSON value is read into, by Jackson
     * @param kept accepts the values to show
     * @return this builder
     */
    public <T> BridgeBuilder filter(Class<T> type, Predicate<? super T> kept) {
        encoding = encoding.filtered(type, kept);
        return this;
    }

    /**
     * Drops the records whose value, as {@code decoder} reads it, {@code kept} does not accept. Deletions are shown.
     *
     * @param <T> what a value is read into
     * @param decoder reads values
     * @param kept accepts the values to show
     * @return this builder
     */
    public <T> BridgeBuilder filter(ValueDecoder<T> decoder, Predicate<? super T> kept) {
        encoding = encoding.filtered(decoder, kept);
        return this;
    }

    /**
     * Reads values and writes results with the application's own Jackson mapper. The default ignores unknown properties
     * and has the bounds of {@link #limits}. Results are checked against these bounds with any mapper.
     *
     * @param own the application's mapper
     * @return this builder
     */
    public BridgeBuilder mapper(ObjectMapper own) {
        encoding = encoding.mapper(own);
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
        return new ChannelBuilder(source, variant("", Access.authenticated()), name);
    }

    /** Returns the variant {@code name} for the callers that {@code access} accepts. */
    Variant variant(String name, Access access) {
        return new Variant(name, access, encoding, undecodable);
    }
}
