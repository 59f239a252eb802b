package io.laundrybridge.config;

import io.laundrybridge.error.SettingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads sizes in bytes as people write them in properties. Units are powers of 1,024. */
final class Sizes {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,12})\\s*(b|kib|kb|mib|mb|gib|gb)?", Pattern.CASE_INSENSITIVE);

    private static final String[] UNITS = {"GiB", "MiB", "KiB"};

    private Sizes() {}

    /** The size that {@code text} says, which must be from {@code least} to {@code most}. */
    static long parse(String key, String text, long least, long most) {
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            throw new SettingException(key + " is '" + text + "'; expected a size such as 64KiB, 32MiB or 1GiB");
        }
        long unit = unit(parts.group(2));
        long amount = Long.parseLong(parts.group(1));
        if (amount > most / unit || amount * unit < least) {
            String expected =
                    most == Long.MAX_VALUE ? "at least " + written(least) : written(least) + " to " + written(most);
            throw new SettingException(key + " is '" + text + "'; expected " + expected);
        }
        return amount * unit;
    }

    private static long unit(@Nullable String name) {
        return switch (name == null ? "b" : name.toLowerCase(Locale.ROOT)) {
            case "b" -> 1L;
            case "kib", "kb" -> 1L << 10;
            case "mib", "mb" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    private static String written(long bytes) {
        long unit = 1L << 30;
        for (String name : UNITS) {
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + name;
            }
            unit >>= 10;
        }
        return bytes + " bytes";
    }
}
