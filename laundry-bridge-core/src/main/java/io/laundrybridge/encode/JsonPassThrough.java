package io.laundrybridge.encode;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.limits.ValueLimits;
import org.jspecify.annotations.Nullable;

/** Writes the value unchanged, as Kafka has it. */
final class JsonPassThrough implements ValueWriter {
    private final CheckedJson json;

    JsonPassThrough(ValueLimits limits, FieldReader fields) {
        this.json = new CheckedJson("the value", limits, fields);
    }

    @Override
    public byte @Nullable [] write(SourceRecord record, byte[] value, LineBuffer out) throws UndecodableException {
        return json.write(value, out);
    }
}
