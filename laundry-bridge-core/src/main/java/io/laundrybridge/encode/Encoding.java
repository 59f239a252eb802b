package io.laundrybridge.encode;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** How a channel shows records: how values are read and how keys become text. Immutable. */
public final class Encoding {
    private static final Encoding JSON = new Encoding(JsonPassThrough::new, KeyDecoder.UTF_8, ValueLimits.DEFAULT);

    private final Function<ValueLimits, ValueWriter> values;
    private final KeyDecoder keys;
    private final ValueLimits limits;

    private Encoding(Function<ValueLimits, ValueWriter> values, KeyDecoder keys, ValueLimits limits) {
        this.values = values;
        this.keys = keys;
        this.limits = limits;
    }

    /** JSON values as Kafka has them, keys as UTF-8, default limits. */
    public static Encoding json() {
        return JSON;
    }

    /**
     * Values read as JSON into {@code type} and shown as what {@code mapping} makes of them, written as JSON by
     * Jackson. A null from the mapping shows as a deletion. Unknown properties are ignored.
     */
    public <T> Encoding mapped(Class<T> type, Function<? super T, ? extends @Nullable Object> mapping) {
        ObjectMapper reader = mapper(limits);
        return decoded(record -> reader.readValue(record.value(), type), mapping);
    }

    /** Values read by {@code decoder} and shown as what {@code mapping} makes of them, written as JSON by Jackson. */
    public <T> Encoding decoded(ValueDecoder<T> decoder, Function<? super T, ? extends @Nullable Object> mapping) {
        return new Encoding(bounds -> new MappedValue<>(decoder, mapping, mapper(bounds), bounds), keys, limits);
    }

    /** Keys shown as {@code decoder} says. */
    public Encoding keys(KeyDecoder decoder) {
        return new Encoding(values, decoder, limits);
    }

    /** Records bounded by {@code bounds}. */
    public Encoding limits(ValueLimits bounds) {
        return new Encoding(values, keys, bounds);
    }

    /** An encoder for {@code channel}; not thread-safe, one per channel. */
    public LineEncoder encoder(String channel) {
        return new LineEncoder(channel, keys, values.apply(limits), limits);
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
