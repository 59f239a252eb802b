package io.laundrybridge.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of durations, such as {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 2d} or ISO-8601.
 *
 * @param zero whether zero is allowed too, if {@code least} is longer
 */
record DurationFormat(Duration least, Duration most, boolean zero) implements Format<Duration> {
    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

    private record Unit(String name, long millis) {}

    private static final List<Unit> UNITS =
            List.of(new Unit("d", 86_400_000), new Unit("h", 3_600_000), new Unit("m", 60_000), new Unit("s", 1_000));

    @Override
    public Kind kind() {
        return Kind.DURATION;
    }

    @Override
    public Optional<Duration> read(String text) {
        Matcher simple = SIMPLE.matcher(text);
        try {
            return Optional.of(simple.matches() ? simple(simple) : Duration.parse(text));
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration simple(Matcher parts) {
        String unit = parts.group(2).toLowerCase(Locale.ROOT);
        long millis = UNITS.stream()
                .filter(each -> each.name.equals(unit))
                .mapToLong(Unit::millis)
                .findFirst()
                .orElse(1);
        return Duration.ofMillis(Math.multiplyExact(Long.parseLong(parts.group(1)), millis));
    }

    @Override
    public boolean allows(Duration value) {
        return (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) || (zero && value.isZero());
    }

    @Override
    public String write(Duration value) {
        long millis = value.toMillis();
        for (Unit unit : UNITS) {
            if (millis > 0 && millis % unit.millis == 0) {
                return millis / unit.millis + unit.name;
            }
        }
        return millis + "ms";
    }

    @Override
    public String bounds() {
        return (zero ? "0ms, " : "") + write(least) + " to " + write(most);
    }

    @Override
    public String expected() {
        return "a duration of " + (zero ? "0ms, or of " : "") + write(least) + " to " + write(most)
                + ", such as 250ms, 10s, 5m or PT1H";
    }
}
