package io.laundrybridge.encode;

import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.ValueDecoder;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.limits.ValueLimits;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The way in which a channel shows records: how values are read and how keys become text. Immutable. */
public final class Encoding {
    private static final Encoding JSON =
            new Encoding(JsonPassThrough::new, KeyDecoder.UTF_8, ValueLimits.DEFAULT, FilterFields.NONE);

    private final BiFunction<ValueLimits, FieldReader, ValueWriter> values;
    private final KeyDecoder keys;
    private final ValueLimits limits;
    private final FilterFields fields;

    private Encoding(
            BiFunction<ValueLimits, FieldReader, ValueWriter> values,
            KeyDecoder keys,
            ValueLimits limits,
            FilterFields fields) {
        this.values = values;
        this.keys = keys;
        this.limits = limits;
        this.fields = fields;
    }

    /** Returns the default encoding: JSON values as Kafka has them, keys as UTF-8, default limits. */
    public static Encoding json() {
        return JSON;
    }

    /**
     * Returns an encoding with a mapping. Values are read as JSON into {@code type}, and the results of {@code mapping}
     * are written as JSON by Jackson. A null from the mapping is shown as a deletion. Unknown properties are ignored.
     */
    public <T> Encoding mapped(Class<T> type, Function<? super T, ? extends @Nullable Object> mapping) {
        ObjectMapper reader = mapper(limits);
        return decoded(record -> reader.readValue(record.value(), type), mapping);
    }

    /**
     * Returns an encoding with a decoder. Values are read by {@code decoder}, and the results of {@code mapping} are
     * written as JSON by Jackson.
     */
    public <T> Encoding decoded(ValueDecoder<T> decoder, Function<? super T, ? extends @Nullable Object> mapping) {
        return new Encoding(
                (bounds, reader) -> new MappedValue<>(decoder, mapping, mapper(bounds), bounds, reader),
                keys,
                limits,
                fields);
    }

    /** Returns this encoding with keys as {@code decoder} shows them. */
    public Encoding keys(KeyDecoder decoder) {
        return new Encoding(values, decoder, limits, fields);
    }

    /** Returns this encoding with records bounded by {@code bounds}. */
    public Encoding limits(ValueLimits bounds) {
        return new Encoding(values, keys, bounds, fields);
    }

    /** Returns this encoding with the filter fields {@code declared}, which are read from each shown value. */
    public Encoding filterFields(FilterFields declared) {
        return new Encoding(values, keys, limits, declared);
    }

    /** Returns an encoder for {@code channel}; not thread-safe, one per channel. */
    public LineEncoder encoder(String channel) {
        FieldReader reader = new FieldReader(fields);
        return new LineEncoder(channel, keys, values.apply(limits, reader), limits, reader);
    }

    private static ObjectMapper mapper(ValueLimits limits) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(limits.numberDigits())
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
