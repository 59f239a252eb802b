package io.laundrybridge.encode;

import static io.laundrybridge.config.LimitSettings.VALUE_BYTES;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.event.ValueDecoder;
import io.laundrybridge.limits.ValueLimits;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Writes the application's own view of a record: decode, map, write as JSON. The result is checked like any value. */
final class MappedValue<T> implements ValueWriter {
    private static final byte[] DELETED = "null".getBytes(StandardCharsets.US_ASCII);

    private final ValueDecoder<T> decoder;
    private final BiFunction<? super T, ? super SourceRecord, ? extends @Nullable Object> mapping;
    private final ObjectMapper mapper;
    private final int maxBytes;
    private final CheckedJson json;

    MappedValue(
            ValueDecoder<T> decoder,
            BiFunction<? super T, ? super SourceRecord, ? extends @Nullable Object> mapping,
            ObjectMapper mapper,
            ValueLimits limits,
            FieldReader fields) {
        this.decoder = decoder;
        this.mapping = mapping;
        this.mapper = mapper;
        this.maxBytes = limits.valueBytes();
        this.json = new CheckedJson("the mapped value", limits, fields);
    }

    @Override
    public byte @Nullable [] write(SourceRecord record, byte[] value, LineBuffer out) throws UndecodableException {
        byte[] view = view(record);
        if (view.length > maxBytes) {
            throw UndecodableException.tooLarge(
                    "mapping", "its mapping made " + view.length + " bytes; " + VALUE_BYTES + " allows " + maxBytes);
        }
        return json.write(view, out);
    }

    private byte[] view(SourceRecord record) throws UndecodableException {
        try {
            T decoded = decoder.decode(record);
            Object mapped = decoded == null ? null : mapping.apply(decoded, record);
            return mapped == null ? DELETED : mapper.writeValueAsBytes(mapped);
        } catch (Throwable e) {
            throw UndecodableException.thrown("the decoder or mapping", e);
        }
    }
}
