package io.laundrybridge.view.debezium;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.NANOS;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Dates and times, which Debezium and Connect write as counts since 1970 or since midnight, as ISO 8601 texts. A time
 * without a zone has none here either.
 */
final class TimeTypes {
    static final Map<String, UnaryOperator<JsonNode>> CONVERSIONS = Map.ofEntries(
            Map.entry("io.debezium.time.Date", text(TimeTypes::date)),
            Map.entry("io.debezium.time.Time", text(count -> time(count, MILLIS))),
            Map.entry("io.debezium.time.MicroTime", text(count -> time(count, MICROS))),
            Map.entry("io.debezium.time.NanoTime", text(count -> time(count, NANOS))),
            Map.entry("io.debezium.time.Timestamp", text(count -> timestamp(count, MILLIS))),
            Map.entry("io.debezium.time.MicroTimestamp", text(count -> timestamp(count, MICROS))),
            Map.entry("io.debezium.time.NanoTimestamp", text(count -> timestamp(count, NANOS))),
            Map.entry("io.debezium.time.MicroDuration", text(count -> duration(count, MICROS))),
            Map.entry("io.debezium.time.NanoDuration", text(count -> duration(count, NANOS))),
            Map.entry("org.apache.kafka.connect.data.Date", text(TimeTypes::date)),
            Map.entry("org.apache.kafka.connect.data.Time", text(count -> time(count, MILLIS))),
            Map.entry("org.apache.kafka.connect.data.Timestamp", text(count -> timestamp(count, MILLIS))));

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    /** What PostgreSQL's driver gives for infinity: in milliseconds, and what Debezium makes of it in microseconds. */
    private static final Map<Long, String> INFINITY = Map.of(
            9_223_372_036_825_200_000L, "infinity",
            -9_223_372_036_832_400_000L, "-infinity",
            9_223_371_331_200_000_000L, "infinity",
            -210_831_897_600_000_000L, "-infinity");

    private TimeTypes() {}

    private static UnaryOperator<JsonNode> text(LongFunction<String> format) {
        return value -> {
            if (!value.isIntegralNumber()) {
                throw new IllegalArgumentException("no count");
            }
            return StringNode.valueOf(format.apply(value.longValue()));
        };
    }

    private static String date(long days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    /** The last moment of a day may be 24:00. */
    private static String time(long count, ChronoUnit unit) {
        long nanos = Math.multiplyExact(count, unit.getDuration().toNanos());
        return nanos == DAY_NANOS ? "24:00:00" : DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(nanos));
    }

    private static String timestamp(long count, ChronoUnit unit) {
        String infinite = INFINITY.get(count);
        if (infinite != null) {
            return infinite;
        }
        long perSecond = Duration.ofSeconds(1).dividedBy(unit.getDuration());
        long nanos = Math.floorMod(count, perSecond) * unit.getDuration().toNanos();
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(Math.floorDiv(count, perSecond), Math.toIntExact(nanos), ZoneOffset.UTC);
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }

    private static String duration(long count, ChronoUnit unit) {
        return Duration.of(count, unit).toString();
    }
}
