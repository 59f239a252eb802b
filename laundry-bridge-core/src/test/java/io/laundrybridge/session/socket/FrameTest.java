package io.laundrybridge.session.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server writes for one message, by RFC 6455 section 5.2. */
public class FrameTest {

    @ParameterizedTest
    @CsvSource({
        "0, 8200",
        "125, 827d",
        "126, 827e007e",
        "65535, 827effff",
        "65536, 827f0000000000010000",
    })
    void theHeaderHasTheLengthInTheFewestBytes(int length, String header) {
        Frame frame = Frame.lines(ByteBuffer.wrap(new byte[length]));

        byte[] expected = HexFormat.of().parseHex(header);
        ByteBuffer whole = frame.whole();
        assertThat(whole.slice(0, expected.length)).isEqualTo(ByteBuffer.wrap(expected));
        assertThat(whole.remaining()).isEqualTo(expected.length + length);
        assertThat(joined(frame.lend())).isEqualTo(whole);
    }

    @Test
    void textIsMarkedAsText() {
        Frame frame = Frame.text(ByteBuffer.wrap("grün".getBytes(StandardCharsets.UTF_8)));

        assertThat(frame.whole())
                .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0x81, 5, 'g', 'r', (byte) 0xc3, (byte) 0xbc, 'n'}));
        assertThat(frame.text()).isEqualTo("grün");
    }

    @Test
    void aWriterLeavesTheFrameWholeForOthers() {
        byte[] segment = "beside{\"n\":1}beside".getBytes(StandardCharsets.UTF_8);
        Frame frame = Frame.lines(ByteBuffer.wrap(segment, 6, 7));
        ByteBuffer[] first = frame.lend();
        ByteBuffer[] second = frame.lend();

        first[0].position(5);

        assertThat(joined(second)).isEqualTo(frame.whole());
        assertThat(frame.payload()).isEqualTo(ByteBuffer.wrap("{\"n\":1}".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 8_192, 8_193, 65_536})
    void aReturnedBufferIsLentAgainFromItsBeginning(int length) {
        Frame frame = Frame.lines(ByteBuffer.wrap(new byte[length]));
        ByteBuffer[] lent = frame.lend();
        for (ByteBuffer each : lent) {
            each.position(each.limit());
        }
        frame.giveBack(lent);

        assertThat(frame.lend()).isSameAs(lent);
        assertThat(joined(lent)).isEqualTo(frame.whole());
    }

    @Test
    void aLargePayloadIsNotCopied() {
        byte[] payload = new byte[8_193];
        ByteBuffer[] lent = Frame.lines(ByteBuffer.wrap(payload)).lend();

        assertThat(lent[1].array()).isSameAs(payload);
    }

    private static ByteBuffer joined(ByteBuffer[] pieces) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(pieces).mapToInt(ByteBuffer::remaining).sum());
        for (ByteBuffer piece : pieces) {
            all.put(piece.duplicate());
        }
        return all.flip();
    }
}
