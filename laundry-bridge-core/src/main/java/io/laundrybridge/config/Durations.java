package io.laundrybridge.config;

import io.laundrybridge.error.SettingException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them in properties. */
final class Durations {
    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

    /** Longer ones overflow where nanoseconds are counted. */
    private static final Duration MOST = Duration.ofDays(36_500);

    private Durations() {}

    /** The duration that {@code text} says, which must be at least {@code least}. */
    static Duration parse(String key, String text, Duration least) {
        Duration duration = parsed(key, text);
        if (duration.compareTo(least) < 0 || duration.compareTo(MOST) > 0) {
            throw new SettingException(key + " is '" + text + "'; expected " + written(least) + " to " + written(MOST)
                    + ", for example 250ms, 10s or 5m");
        }
        return duration;
    }

    private static Duration parsed(String key, String text) {
        Matcher simple = SIMPLE.matcher(text);
        try {
            return simple.matches() ? simple(simple) : Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new SettingException(key + " is '" + text + "'; expected a duration such as 250ms, 10s, 5m or PT1H");
        }
    }

    private static String written(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0 || millis == 0) {
            return millis + "ms";
        }
        return duration.toDays() > 0 ? duration.toDays() + "d" : duration.toSeconds() + "s";
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
