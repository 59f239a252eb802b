package io.laundrybridge.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes in bytes as people write them in properties. Units are powers of 1,024. */
final class Sizes {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,12})\\s*(b|kib|kb|mib|mb|gib|gb)?", Pattern.CASE_INSENSITIVE);

    private Sizes() {}

    static long parse(String key, String text) {
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            throw new SettingException(key + " is '" + text + "'; expected a size such as 64KiB, 32MiB or 1GiB");
        }
        return Long.parseLong(parts.group(1)) * unit(parts.group(2));
    }

    private static long unit(@org.jspecify.annotations.Nullable String name) {
        return switch (name == null ? "b" : name.toLowerCase(Locale.ROOT)) {
            case "b" -> 1L;
            case "kib", "kb" -> 1L << 10;
            case "mib", "mb" -> 1L << 20;
            default -> 1L << 30;
        };
    }
}
