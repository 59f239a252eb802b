package io.laundrybridge.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.event.SourceRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLayoutTest {
    private final LineEncoder encoder = Encoding.json().encoder("machines");

    @Test
    void aLineWithoutItsPlaceHasTheSameValue() throws Exception {
        EventLine line = line("m-1", "{\"at\":\"0@1\"}");
        assertThat(new String(EventLayout.withoutPlace("machines", line.bytes(), 0, line.length()), UTF_8))
                .isEqualTo("{\"ch\":\"machines\",\"ts\":5,\"k\":\"m-1\",\"v\":{\"at\":\"0@1\"}}");
    }

    @Test
    void aLineThatHasNoPlaceStaysAsItIs() {
        EventLine absent = EventLine.absent("machines", "m-1", 7);
        assertThat(new String(EventLayout.withoutPlace("machines", absent.bytes(), 0, absent.length()), UTF_8))
                .isEqualTo(text(absent))
                .isEqualTo("{\"ch\":\"machines\",\"ts\":7,\"k\":\"m-1\",\"v\":null}");
        assertThat(absent.isDeletion()).isTrue();
    }

    @Test
    void aLineIsFoundAmongOthersInASegment() throws Exception {
        EventLine line = line("m-1", "1");
        byte[] segment = ("before\n" + text(line) + "\nbehind").getBytes(UTF_8);
        int from = "before\n".length();
        assertThat(new String(EventLayout.withoutPlace("machines", segment, from, from + line.length()), UTF_8))
                .isEqualTo("{\"ch\":\"machines\",\"ts\":5,\"k\":\"m-1\",\"v\":1}");
        assertThat(new String(EventLayout.left(segment, from, from + line.valueFrom()), UTF_8))
                .isEqualTo("{\"ch\":\"machines\",\"at\":\"0@12.3\",\"ts\":5,\"k\":\"m-1\",\"left\":true,\"v\":null}")
                .hasSize(EventLayout.leftLength(from, from + line.valueFrom()));
    }

    @Test
    void aKeyOfOneHalfOfASurrogatePairIsReportedAbsent() {
        assertThat(text(EventLine.absent("machines", "a\ud800\"", 7)))
                .isEqualTo("{\"ch\":\"machines\",\"ts\":7,\"k\":\"a\\uD800\\\"\",\"v\":null}");
    }

    @Test
    void theValueEndsWhereTheLayoutSays() throws Exception {
        EventLine line = line(null, "[1, 2]");
        assertThat(new String(
                        Arrays.copyOfRange(line.bytes(), line.valueFrom(), EventLayout.valueEnd(line.length())), UTF_8))
                .isEqualTo("[1, 2]");
        assertThat(line.isDeletion()).isFalse();
        assertThat(line(null, " null ").isDeletion()).isTrue();
    }

    private EventLine line(@Nullable String key, String value) throws UndecodableException {
        byte[] bytes = key == null ? null : key.getBytes(UTF_8);
        return encoder.encode(new SourceRecord("t", 0, 12, 3, 5, bytes, value.getBytes(UTF_8), List.of()));
    }

    private static String text(EventLine line) {
        return new String(line.bytes(), 0, line.length(), UTF_8);
    }
}
