package io.laundrybridge.encode;

import io.laundrybridge.filter.FieldValues;
import org.jspecify.annotations.Nullable;

/**
 * The line of one record, valid until the encoder's next call: whoever keeps it copies the bytes.
 *
 * @param bytes holds the line in its first {@code length} bytes, without a line end
 * @param valueStart where the value begins; it ends one byte before the line does
 * @param key the key's text, or null
 * @param original the value as plain clients get it, where that differs from the line's; else null
 * @param fields what the value has in the channel's filter fields; null where it declares none
 */
public record EncodedLine(
        byte[] bytes,
        int length,
        int valueStart,
        @Nullable String key,
        byte @Nullable [] original,
        @Nullable FieldValues fields) {}
