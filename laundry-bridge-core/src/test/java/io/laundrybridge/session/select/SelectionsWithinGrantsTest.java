package io.laundrybridge.session.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.source.StreamStart;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever clients ask for and grants allow, a selection shows the rows that both have, and tells of no others. */
class SelectionsWithinGrantsTest {
    private static final List<String> FIELDS = List.of("/t", "/n");
    private static final List<String> KEYS = List.of("", "a", "ab", "abc", "b", "b*", "ba");
    private static final List<Object> TEXTS =
            List.of("", "a", "ab", "b", 2L, true, FieldValues.MISSING, FieldValues.NULL, FieldValues.OTHER);
    private static final List<Object> NUMBERS =
            List.of(0L, 1L, 2L, new BigDecimal("1.5"), "1", FieldValues.MISSING, FieldValues.NULL);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A value of the record: its two fields. */
    private record Value(Object text, Object number) {
        Object field(String pointer) {
            return pointer.equals("/t") ? text : pointer.equals("/n") ? number : FieldValues.MISSING;
        }

        FieldValues fields() {
            return new FieldValues(new Object[] {text, number});
        }
    }

    /** A record; the value is null for a deletion, and the one before is null for none. */
    private record Row(
            @Nullable String key,
            @Nullable Value value,
            boolean knowsBefore,
            @Nullable Value before) {}

    /** What a client asks for. */
    private record Asked(List<String> patterns, @Nullable Map<String, @Nullable Object> where) {}

    @Test
    void everySelectionIsTheAndOfWhatIsAskedAndWhatIsGranted() {
        System.out.println("SelectionsWithinGrantsTest -Dseed=" + seed);
        for (boolean state : new boolean[] {false, true}) {
            Channel channel = channel(state);
            for (int turn = 0; turn < 4_000; turn++) {
                Asked asked = asked();
                RowFilter rows = grant();
                Selection selection = selection(asked, channel).within(Grant.rows(rows), channel);
                assertThat(selection.restricted()).isTrue();
                List<Row> records = IntStream.range(0, 8).mapToObj(n -> row()).toList();
                List<LogEntry> entries = entries(records);
                for (int i = 0; i < records.size(); i++) {
                    String about = "seed " + seed + ": " + asked + " within " + rows + " of " + records.get(i);
                    check(about, asked, rows, records.get(i), selection, entries.get(i), state);
                }
            }
        }
    }

    private static void check(
            String about, Asked asked, RowFilter rows, Row row, Selection selection, LogEntry entry, boolean state) {
        boolean shown = has(asked, row.key(), row.value()) && has(rows, row.key(), row.value());
        boolean wants = selection.wants(entry);
        boolean withheld = selection.withholds(entry);
        assertThat(selection.shows(entry)).as(about).isEqualTo(shown);
        assertThat(wants && withheld).as("told and withheld: " + about).isFalse();
        assertThat(shown && (!wants || selection.leaves(entry))).as(about).isFalse();
        if (!state) {
            assertThat(wants).as(about).isEqualTo(shown);
        } else if (row.key() != null) {
            boolean sawBefore = row.knowsBefore() && has(rows, row.key(), row.before());
            boolean maySee = has(rows, row.key(), row.value()) || sawBefore;
            assertThat(wants && !maySee)
                    .as("told of a row that it never saw: " + about)
                    .isFalse();
            boolean held = sawBefore && has(asked, row.key(), row.before());
            assertThat(held && !wants).as("not told of a row's end: " + about).isFalse();
            boolean mayHold = !row.knowsBefore() && hasKey(asked, row.key()) && hasKey(rows, row.key());
            assertThat(mayHold && !shown && !wants && !withheld)
                    .as("an end that nothing heals: " + about)
                    .isFalse();
        }
    }

    @Test
    void anEarlierGrantIsVoidAndEqualOnesAreFoundInOnePlace() {
        Channel channel = channel(true);
        for (int turn = 0; turn < 2_000; turn++) {
            Selection client = selection(asked(), channel);
            RowFilter rows = grant();
            Selection now = client.within(Grant.rows(rows), channel);
            Selection moved = client.within(Grant.rows(grant()), channel).within(Grant.rows(rows), channel);
            for (LogEntry entry : entries(Stream.generate(this::row).limit(8).toList())) {
                String about = "seed " + seed + ": " + rows;
                assertThat(moved.wants(entry)).as(about).isEqualTo(now.wants(entry));
                assertThat(moved.shows(entry)).as(about).isEqualTo(now.shows(entry));
            }
            assertThat(moved.where()).isEqualTo(now.where());
            assertThat(moved.grant()).isEqualTo(now.grant());
            assertThat(now.within(Grant.everything(), channel)).isSameAs(client);
        }
    }

    private static Selection selection(Asked asked, Channel channel) {
        return Selection.of(asked.patterns()).where(asked.where(), channel, SessionLimits.DEFAULT.filters());
    }

    private static Channel channel(boolean state) {
        List<Channel> announced = new ArrayList<>();
        ChannelBuilder builder = Bridge.from(InMemorySource.named("s"))
                .channel("c")
                .access(Access.anonymous())
                .filterFields(FIELDS.toArray(String[]::new));
        var unused = (state ? builder.latestByKey() : builder).to(new EventSink() {
            @Override
            public void announce(EventStream stream) {
                announced.add(Channel.of(stream));
            }

            @Override
            public void attach(EventStream stream) {
                // it is never started
            }

            @Override
            public void detach(EventStream stream) {
                // it is never started
            }
        });
        return announced.get(0);
    }

    private static List<LogEntry> entries(List<Row> rows) {
        LogWriter writer = LogWriter.whole(new StreamStart("e", PositionVector.ORIGIN, PositionVector.ORIGIN));
        for (Row row : rows) {
            byte[] line = {'0', '}'};
            writer.appendRow(
                    new EventLine(line, line.length, 0, row.key(), null, fields(row.value())),
                    row.knowsBefore() ? fields(row.before()) : null);
        }
        var run = new LogReader(Cursor.before(writer.log(), 0), PositionVector.ORIGIN, Selection.ALL)
                .read(1 << 20, Integer.MAX_VALUE);
        return IntStream.range(0, rows.size()).mapToObj(run::entry).toList();
    }

    private static FieldValues fields(@Nullable Value value) {
        return value == null ? FieldValues.NOTHING : value.fields();
    }

    // The naive predicate.

    private static boolean has(Asked asked, @Nullable String key, @Nullable Value value) {
        return hasKey(asked, key) && (asked.where() == null || (value != null && holds(asked.where(), value)));
    }

    private static boolean hasKey(Asked asked, @Nullable String key) {
        return asked.patterns().isEmpty()
                || asked.patterns().stream().anyMatch(pattern -> key != null && isOf(pattern, key));
    }

    private static boolean isOf(String pattern, String key) {
        return pattern.endsWith("\\*")
                ? key.equals(pattern.substring(0, pattern.length() - 2) + "*")
                : pattern.endsWith("*")
                        ? key.startsWith(pattern.substring(0, pattern.length() - 1))
                        : key.equals(pattern);
    }

    private static boolean holds(Map<String, @Nullable Object> where, Value value) {
        Map.Entry<String, @Nullable Object> only = where.entrySet().iterator().next();
        if (!(only.getValue() instanceof List<?> operands)) {
            return only.getKey().equals("exists")
                    ? value.field(String.valueOf(only.getValue())) != FieldValues.MISSING
                    : !holds(filter(only.getValue()), value);
        }
        return switch (only.getKey()) {
            case "and" -> operands.stream().allMatch(part -> holds(filter(part), value));
            case "or" -> operands.stream().anyMatch(part -> holds(filter(part), value));
            default -> compares(only.getKey(), value.field(String.valueOf(operands.get(0))), operands.get(1));
        };
    }

    private static boolean compares(String operator, Object field, Object operand) {
        return switch (operator) {
            case "eq" -> equal(field, operand);
            case "ne" -> field != FieldValues.MISSING && !equal(field, operand);
            case "in" -> ((List<?>) operand).stream().anyMatch(each -> equal(field, each));
            case "prefix" -> field instanceof String text && text.startsWith(String.valueOf(operand));
            default -> isNumber(field) && decimal(field).compareTo(decimal(operand)) >= 0;
        };
    }

    private static boolean has(RowFilter rows, @Nullable String key, @Nullable Value value) {
        if (rows instanceof RowFilter.FieldIn in) {
            return value != null && in.values().stream().anyMatch(each -> equal(value.field(in.pointer()), each));
        } else if (rows instanceof RowFilter.FieldPrefix prefix) {
            return value != null
                    && value.field(prefix.pointer()) instanceof String text
                    && text.startsWith(prefix.text());
        } else if (rows instanceof RowFilter.All all) {
            return all.filters().stream().allMatch(part -> has(part, key, value));
        } else if (rows instanceof RowFilter.Any any) {
            return any.filters().stream().anyMatch(part -> has(part, key, value));
        }
        return hasKey(rows, key);
    }

    /** Returns whether the conditions on keys alone hold. */
    private static boolean hasKey(RowFilter rows, @Nullable String key) {
        if (rows instanceof RowFilter.KeyIn in) {
            return key != null && in.keys().contains(key);
        } else if (rows instanceof RowFilter.KeyPrefix prefix) {
            return key != null && key.startsWith(prefix.prefix());
        } else if (rows instanceof RowFilter.All all) {
            return all.filters().stream().allMatch(part -> hasKey(part, key));
        } else if (rows instanceof RowFilter.Any any && any.aboutKeys()) {
            return any.filters().stream().anyMatch(part -> hasKey(part, key));
        }
        return true;
    }

    private static boolean equal(Object field, Object other) {
        if (isNumber(field) && isNumber(other)) {
            return decimal(field).compareTo(decimal(other)) == 0;
        }
        return field.equals(other) && (field instanceof String || field instanceof Boolean);
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number;
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(String.valueOf(number));
    }

    @SuppressWarnings("unchecked") // the test makes them
    private static Map<String, @Nullable Object> filter(@Nullable Object part) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(part);
    }

    // Random rows, clients and grants.

    private Row row() {
        String key = random.nextInt(8) == 0 ? null : one(KEYS);
        return new Row(key, value(), random.nextInt(3) > 0, value());
    }

    private @Nullable Value value() {
        return random.nextInt(6) == 0 ? null : new Value(one(TEXTS), one(NUMBERS));
    }

    private Asked asked() {
        List<String> patterns = Stream.generate(() -> one(KEYS))
                .limit(random.nextInt(3))
                .map(key -> random.nextBoolean() ? key.replace("*", "\\*") : key.replace("*", "\\*") + "*")
                .map(pattern -> pattern.equals("b\\**") ? "b*" : pattern)
                .toList();
        return new Asked(patterns, random.nextInt(3) == 0 ? null : where(2));
    }

    private Map<String, @Nullable Object> where(int depth) {
        List<Object> numbers = List.of(BigDecimal.ZERO, BigDecimal.ONE, new BigDecimal("1.50"), BigDecimal.valueOf(2));
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> Map.of("eq", List.of("/t", one(List.of("a", "ab", "", true))));
            case 1 -> Map.of("in", List.of("/n", List.of(one(numbers), one(numbers))));
            case 2 -> Map.of("prefix", List.of("/t", one(List.of("", "a"))));
            case 3 -> Map.of("ge", List.of("/n", one(numbers)));
            case 4 -> Map.of("exists", one(FIELDS));
            case 5 -> Map.of("ne", List.of("/t", one(List.of("a", "b"))));
            case 6 -> Map.of("not", where(depth - 1));
            case 7 -> Map.of("and", List.of(where(depth - 1), where(depth - 1)));
            default -> Map.of("or", List.of(where(depth - 1), where(depth - 1)));
        };
    }

    private RowFilter grant() {
        RowFilter rows = switch (random.nextInt(4)) {
            case 0 -> keys(1);
            case 1 -> fields(1);
            case 2 -> keys(1).and(fields(1));
            default -> fields(1).and(fields(0)).and(keys(0));
        };
        return rows;
    }

    private RowFilter keys(int depth) {
        return depth > 0 && random.nextBoolean()
                ? joined(() -> keys(depth - 1))
                : random.nextBoolean()
                        ? RowFilter.keys(List.of(one(KEYS), one(KEYS)))
                        : RowFilter.keyPrefix(one(List.of("", "a", "ab", "b")));
    }

    private RowFilter fields(int depth) {
        if (depth > 0 && random.nextBoolean()) {
            return joined(() -> fields(depth - 1));
        }
        String pointer = random.nextInt(8) == 0 ? "/x" : one(FIELDS);
        return switch (random.nextInt(3)) {
            case 0 -> RowFilter.eq(pointer, one(List.of("a", "ab", 1, 1.5, true)));
            case 1 -> RowFilter.in(pointer, List.of("b", 2L, new BigDecimal("0.0")));
            default -> RowFilter.prefix(pointer, one(List.of("", "a")));
        };
    }

    private RowFilter joined(Supplier<RowFilter> part) {
        return random.nextBoolean() ? part.get().and(part.get()) : part.get().or(part.get());
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
