package io.laundrybridge.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FilterFields;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Checks that a record becomes one line of valid JSON in strict UTF-8 with its value, or is undecodable. */
class RecordsFuzzTest {
    private static final FilterFields FIELDS = FilterFields.of(List.of("/t", "/a/b", "/list/1"));
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<LineEncoder> asTheyAre = List.of(
            Encoding.json().encoder("c"),
            Encoding.json().keys(KeyDecoder.BASE_64).encoder("c"),
            Encoding.json().filterFields(FIELDS).encoder("c"));

    private final LineEncoder mapped = Encoding.json()
            .decoded(record -> new RawValue(new String(record.value(), StandardCharsets.UTF_8)), (view, any) -> view)
            .filterFields(FIELDS)
            .encoder("c");

    /** The first line of {@code data} is the record's key, the rest its value. */
    @FuzzTest
    void aLineOrUndecodable(byte[] data) throws CharacterCodingException {
        int end = 0;
        while (end < data.length && data[end] != '\n') {
            end++;
        }
        byte[] key = Arrays.copyOf(data, end);
        byte[] value = Arrays.copyOfRange(data, Math.min(data.length, end + 1), data.length);
        SourceRecord record = new SourceRecord("t", 0, 7, 1, 2, key, value, List.of());
        for (LineEncoder encoder : asTheyAre) {
            look(encoder, record, value);
        }
        look(mapped, record, new String(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }

    private static void look(LineEncoder encoder, SourceRecord record, byte[] value) throws CharacterCodingException {
        try {
            look(encoder.encode(record), value);
        } catch (UndecodableException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("the bridge threw");
        }
    }

    private static void look(EventLine line, byte[] value) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line.bytes(), 0, line.length()))
                .toString();
        assertThat(text.indexOf('\n') + text.indexOf('\r')).isEqualTo(-2);
        JsonNode read = JSON.readTree(text);
        assertThat(read.propertyNames()).containsExactly("ch", "at", "ts", "k", "v");
        assertThat(read.get("k").asString()).isEqualTo(line.key());
        byte[] shown = line.original() == null
                ? Arrays.copyOfRange(line.bytes(), line.valueFrom(), line.length() - 1)
                : line.original();
        assertThat(shown).isEqualTo(value);
    }
}
