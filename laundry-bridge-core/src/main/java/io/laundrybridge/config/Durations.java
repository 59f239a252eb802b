package io.laundrybridge.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them in properties. */
final class Durations {
    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

    private Durations() {}

    static Duration parse(String key, String text) {
        Matcher simple = SIMPLE.matcher(text);
        try {
            return simple.matches() ? simple(simple) : positive(Duration.parse(text));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new SettingException(key + " is '" + text + "'; expected a duration such as 250ms, 10s, 5m or PT1H");
        }
    }

    private static Duration positive(Duration duration) {
        if (duration.isNegative()) {
            throw new ArithmeticException("negative");
        }
        return duration;
    }

    private static Duration simple(Matcher parts) {
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
