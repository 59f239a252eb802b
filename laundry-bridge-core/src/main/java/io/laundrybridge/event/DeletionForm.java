package io.laundrybridge.event;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms in which producers write that a key has no value any more. */
public enum DeletionForm {
    /** A record without a value, as Kafka's compaction knows it. It always is a deletion. */
    TOMBSTONE {
        @Override
        boolean has(byte[] value) {
            return false;
        }
    },
    /** A value of zero bytes, as some producers that cannot send null write it. */
    EMPTY {
        @Override
        boolean has(byte[] value) {
            return value.length == 0;
        }
    },
    /** The text {@code null}, as JSON converters and some sinks write it; blanks around it do not count. */
    NULL_TEXT {
        @Override
        boolean has(byte[] value) {
            return value.length < LONGEST_NULL
                    && new String(value, StandardCharsets.ISO_8859_1).strip().equals("null");
        }
    };

    private static final int LONGEST_NULL = 16;

    abstract boolean has(byte[] value);

    /**
     * {@return a view that shows records of these forms as tombstones}
     *
     * @param forms the forms; {@link #TOMBSTONE} alone changes nothing
     */
    public static RecordView view(Set<DeletionForm> forms) {
        Set<DeletionForm> known = Set.copyOf(forms);
        return record -> shown(record, known);
    }

    private static SourceRecord shown(SourceRecord record, Set<DeletionForm> forms) {
        byte @Nullable [] value = record.value();
        if (value != null) {
            for (DeletionForm form : forms) {
                if (form.has(value)) {
                    return record.with(record.key(), null);
                }
            }
        }
        return record;
    }
}
