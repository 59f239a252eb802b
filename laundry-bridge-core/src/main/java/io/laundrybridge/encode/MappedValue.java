package io.laundrybridge.encode;

import io.laundrybridge.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** The application's own view of a record: decode, map, write as JSON. */
final class MappedValue<T> implements ValueWriter {
    private static final byte[] DELETED = "null".getBytes(StandardCharsets.US_ASCII);

    private final ValueDecoder<T> decoder;
    private final Function<? super T, ? extends @Nullable Object> mapping;
    private final ObjectMapper json;
    private final int maxBytes;
    private final @Nullable JsonCheck check;

    MappedValue(
            ValueDecoder<T> decoder,
            Function<? super T, ? extends @Nullable Object> mapping,
            ObjectMapper json,
            ValueLimits limits,
            FieldReader fields) {
        this.decoder = decoder;
        this.mapping = mapping;
        this.json = json;
        this.maxBytes = limits.valueBytes();
        this.check = fields.isIdle() ? null : new JsonCheck(limits, fields);
    }

    @Override
    public byte @Nullable [] write(SourceRecord record, byte[] value, LineBuffer out) throws UndecodableException {
        byte[] view = view(record);
        if (view.length > maxBytes) {
            throw UndecodableException.tooLarge(
                    "its mapping made " + view.length + " bytes; laundry-bridge.limits.value-bytes allows " + maxBytes);
        }
        if (check != null) {
            check.check(view);
        }
        out.append(view);
        return null;
    }

    private byte[] view(SourceRecord record) throws UndecodableException {
        try {
            T decoded = decoder.decode(record);
            Object mapped = decoded == null ? null : mapping.apply(decoded);
            return mapped == null ? DELETED : json.writeValueAsBytes(mapped);
        } catch (StackOverflowError tooDeep) {
            throw UndecodableException.undecodable("its value is nested too deep for the decoder or mapping");
        } catch (JacksonException e) {
            throw UndecodableException.undecodable("the decoder or mapping found no valid value: "
                    + e.getClass().getSimpleName());
        } catch (Exception e) {
            throw UndecodableException.undecodable(
                    "the decoder or mapping threw " + e.getClass().getName());
        }
    }
}
