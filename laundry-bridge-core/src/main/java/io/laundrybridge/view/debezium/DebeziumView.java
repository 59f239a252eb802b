package io.laundrybridge.view.debezium;

import io.laundrybridge.error.UnviewableRecordException;
import io.laundrybridge.event.RecordView;
import io.laundrybridge.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows a topic that Debezium writes as rows: keys are primary keys, values are the rows as they are after a change.
 * Debezium must write JSON, with schema and payload or the payload alone; the topic holds one table.
 *
 * <ul>
 *   <li>Inserts, updates and rows of a snapshot show the row, {@code after}. Deletes are deletions; the tombstone
 *       behind one is folded into it.
 *   <li>A key of one column is the text of that column. A key of several columns is the JSON array of them in the key's
 *       order, for example {@code ["Altona",7]}. A table without a primary key has no keys.
 *   <li>Each row gets the field {@value #MARKS}, which says how the row got there. Its {@code op} is {@code c}, {@code
 *       u} or {@code r}. {@code snapshot} is true if the row was copied and not changed. {@code committed} has
 *       milliseconds since 1970 by the database's clock, {@code tx} the transaction's id, and {@code lsn} the place in
 *       the database's log.
 *   <li>If the schema is there, values are written as pages want them. Decimals are numbers with all their digits.
 *       Dates and times are ISO 8601 texts. {@code json} columns are JSON, and bits are texts of 0 and 1. Without the
 *       schema values stay as Debezium wrote them. So do values of types that are not known; the types are named in
 *       {@code unknown} of the marks.
 *   <li>A large column that an update did not change has no value in the event. It is left out of the row, and named in
 *       {@code unavailable} of the marks.
 *   <li>Messages of {@code pg_logical_emit_message} are not shown. A truncated table names no rows, so that event
 *       cannot be shown, nor can records that are no change events. The channel's policy for undecodable records
 *       applies.
 * </ul>
 *
 * <p>Immutable and thread-safe. A value is parsed once per record, and its schema once per schema.
 */
public final class DebeziumView implements RecordView {
    /** The field of a row with the marks of its change, {@value}. */
    public static final String MARKS = "_change";

    private final EventReader values = new EventReader();
    private final RowKey keys = new RowKey();
    private final @Nullable ChangeMarks marks;

    private DebeziumView(@Nullable ChangeMarks marks) {
        this.marks = marks;
    }

    /** {@return a view of rows as they are after each change, with their marks in {@value #MARKS}} */
    public static DebeziumView after() {
        return new DebeziumView(new ChangeMarks(MARKS, null));
    }

    /**
     * {@return this view with the marks in another field}
     *
     * @param field a name that is no column of the table
     */
    public DebeziumView marks(String field) {
        return new DebeziumView(new ChangeMarks(field, marks == null ? null : marks.clock()));
    }

    /** {@return this view without marks: rows as the table has them} */
    public DebeziumView withoutMarks() {
        return new DebeziumView(null);
    }

    /**
     * {@return this view with one more mark, {@code received}: when this node read the record, in milliseconds since
     * 1970} It is for measuring. Another node, and a replay, show another time.
     *
     * @param clock the clock to read
     */
    public DebeziumView received(Clock clock) {
        return new DebeziumView(new ChangeMarks(marks == null ? MARKS : marks.field(), clock));
    }

    /**
     * {@return the row that {@code record} shows, a deletion, or null for a message}
     *
     * @param record a record of Debezium
     * @throws UnviewableRecordException if it is no change event of one row
     */
    @Override
    public @Nullable SourceRecord view(SourceRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return record.with(keys.text(record.key()), null);
        }
        ChangeEvent event = values.read(value);
        return switch (event.op()) {
            case "c", "u", "r" -> record.with(keys.text(record.key()), row(event));
            case "d" -> record.with(keys.text(record.key()), null);
            case "m" -> null;
            case "t" ->
                throw new UnviewableRecordException("its table was truncated, and the event names no rows; delete rows"
                        + " instead, or set skipped.operations=t in Debezium and reset the page otherwise");
            default ->
                throw new UnviewableRecordException(
                        "its value has an 'op' that is not known; expected c, u, r, d, t or" + " m");
        };
    }

    private byte[] row(ChangeEvent event) {
        JsonNode after = event.payload().get("after");
        if (!(after instanceof ObjectNode row)) {
            throw new UnviewableRecordException("its change event has no 'after', so there is no row to show; remove"
                    + " what takes it away, for example a transform or column.exclude.list");
        }
        RowTypes.Columns columns = event.types().columns(row);
        if (marks != null) {
            marks.add(columns, event.payload());
        }
        return Objects.requireNonNull(columns.row().toString()).getBytes(StandardCharsets.UTF_8);
    }
}
