package io.laundrybridge.limits;

import io.laundrybridge.config.Settings;

/**
 * How large a record may be.
 *
 * @param valueBytes longest value, default 256 KiB ({@code laundry-bridge.limits.value-bytes})
 * @param keyBytes longest key, default 1 KiB ({@code laundry-bridge.limits.key-bytes})
 * @param depth deepest nesting of a JSON value, default 500 ({@code laundry-bridge.limits.value-depth})
 * @param numberDigits longest number in a JSON value, default 1,000 ({@code laundry-bridge.limits.number-digits})
 */
public record ValueLimits(int valueBytes, int keyBytes, int depth, int numberDigits) {

    /** The defaults. */
    public static final ValueLimits DEFAULT = new ValueLimits(256 << 10, 1 << 10, 500, 1_000);

    /** The limits that {@code settings} give. */
    public static ValueLimits from(Settings settings) {
        return new ValueLimits(
                (int) settings.bytes("limits.value-bytes", DEFAULT.valueBytes, 256, 16 << 20),
                (int) settings.bytes("limits.key-bytes", DEFAULT.keyBytes, 16, 64 << 10),
                settings.count("limits.value-depth", DEFAULT.depth, 1),
                settings.count("limits.number-digits", DEFAULT.numberDigits, 1));
    }
}
