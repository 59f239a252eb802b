package io.laundrybridge.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.Filter;
import io.laundrybridge.protocol.ClientLineParser;
import io.laundrybridge.protocol.RefusedLineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that a filter matches a record or its negation does, and that no filter matches a deletion. */
class FiltersFuzzTest {
    private final LineEncoder encoder =
            Encoding.json().filterFields(Filters.FIELDS).encoder("c");

    /** The first line of {@code data} is a filter, the rest a record's value. */
    @FuzzTest
    void yesOrNo(byte[] data) throws RefusedLineException {
        String[] parts = new String(data, StandardCharsets.UTF_8).split("\n", 2);
        Map<String, @Nullable Object> where = where(parts[0]);
        Filter filter = Filters.parse(where);
        Filter opposite = filter == null ? null : Filters.parse(Map.of("not", where));
        FieldValues fields = parts.length < 2 ? null : fields(parts[1]);
        if (filter != null) {
            assertThat(Filter.matches(filter, FieldValues.NOTHING)).isFalse();
        }
        if (filter != null && opposite != null && fields != null && fields != FieldValues.NOTHING) {
            assertThat(Filter.matches(filter, fields)).isNotEqualTo(Filter.matches(opposite, fields));
        }
    }

    private static Map<String, @Nullable Object> where(String text) {
        try {
            return ClientLineParser.where(text);
        } catch (RefusedLineException refused) {
            return Map.of();
        }
    }

    private @Nullable FieldValues fields(String value) {
        try {
            EventLine line = encoder.encode(
                    new SourceRecord("t", 0, 7, 1, 2, null, value.getBytes(StandardCharsets.UTF_8), List.of()));
            return line.fields();
        } catch (UndecodableException refused) {
            return null;
        }
    }
}
