package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.KEY_BYTES;
import static io.laundrybridge.config.LimitSettings.NUMBER_DIGITS;
import static io.laundrybridge.config.LimitSettings.VALUE_BYTES;
import static io.laundrybridge.config.LimitSettings.VALUE_DEPTH;

import io.laundrybridge.config.Settings;

/**
 * The bounds of a record.
 *
 * @param valueBytes longest value, default 256 KiB ({@code laundry-bridge.limits.value-bytes})
 * @param keyBytes longest key, default 1 KiB ({@code laundry-bridge.limits.key-bytes})
 * @param depth deepest nesting of a JSON value, default 500 ({@code laundry-bridge.limits.value-depth})
 * @param numberDigits longest number in a JSON value, default 1,000 ({@code laundry-bridge.limits.number-digits})
 */
public record ValueLimits(int valueBytes, int keyBytes, int depth, int numberDigits) {

    /** The defaults. */
    public static final ValueLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param valueBytes at least 256
     * @param keyBytes at least 16
     * @param depth levels, at least 1
     * @param numberDigits digits, at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public ValueLimits {
        VALUE_BYTES.check((long) valueBytes);
        KEY_BYTES.check((long) keyBytes);
        VALUE_DEPTH.check(depth);
        NUMBER_DIGITS.check(numberDigits);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static ValueLimits from(Settings settings) {
        return new ValueLimits(
                Math.toIntExact(settings.get(VALUE_BYTES)),
                Math.toIntExact(settings.get(KEY_BYTES)),
                settings.get(VALUE_DEPTH),
                settings.get(NUMBER_DIGITS));
    }

    /**
     * {@return these limits with another longest value}
     *
     * @param bytes at least 256
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ValueLimits withValueBytes(int bytes) {
        return new ValueLimits(bytes, keyBytes, depth, numberDigits);
    }

    /**
     * {@return these limits with another longest key}
     *
     * @param bytes at least 16
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ValueLimits withKeyBytes(int bytes) {
        return new ValueLimits(valueBytes, bytes, depth, numberDigits);
    }

    /**
     * {@return these limits with another deepest nesting}
     *
     * @param levels levels, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ValueLimits withDepth(int levels) {
        return new ValueLimits(valueBytes, keyBytes, levels, numberDigits);
    }

    /**
     * {@return these limits with another longest number}
     *
     * @param digits digits, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ValueLimits withNumberDigits(int digits) {
        return new ValueLimits(valueBytes, keyBytes, depth, digits);
    }
}
