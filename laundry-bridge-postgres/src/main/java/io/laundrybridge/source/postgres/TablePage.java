package io.laundrybridge.source.postgres;

import io.laundrybridge.event.SourceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of their ids that may be handed over.
 *
 * @param rows the rows
 * @param last whether no row follows them now
 * @param hole the id of the row that could not be added because lower ids may still be written; -1 if none
 */
record TablePage(List<Row> rows, boolean last, long hole) {

    /**
     * A row.
     *
     * @param record the record; null if its value is longer than the bound
     */
    record Row(long id, @Nullable SourceRecord record) {}

    boolean stoppedAtHole() {
        return hole >= 0;
    }
}
