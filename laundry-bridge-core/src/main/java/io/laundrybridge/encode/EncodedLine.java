package io.laundrybridge.encode;

import io.laundrybridge.filter.FieldValues;
import org.jspecify.annotations.Nullable;

/**
 * The line of one record, valid until the encoder's next call; to keep it, copy the bytes.
 *
 * @param bytes holds the line in its first {@code length} bytes, without a line end
 * @param valueStart the start of the value; it ends one byte before the line does
 * @param key the key's text, or null
 * @param original the value as plain clients get it, if it differs from the line's; else null
 * @param fields the value's content in the channel's filter fields; null if the channel declares none
 */
public record EncodedLine(
        byte[] bytes,
        int length,
        int valueStart,
        @Nullable String key,
        byte @Nullable [] original,
        @Nullable FieldValues fields) {}
