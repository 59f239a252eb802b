package io.laundrybridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server writes for one message, by RFC 6455 section 5.2. */
class FrameTest {

    @ParameterizedTest
    @CsvSource({
        "0, 8200",
        "125, 827d",
        "126, 827e007e",
        "65535, 827effff",
        "65536, 827f0000000000010000",
    })
    void theHeaderTellsTheLengthInTheFewestBytes(int length, String header) {
        Frame frame = Frame.lines(ByteBuffer.wrap(new byte[length]));

        assertThat(frame.lend()[0]).isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex(header)));
        assertThat(frame.whole().remaining()).isEqualTo(header.length() / 2 + length);
    }

    @Test
    void textIsMarkedAsText() {
        Frame frame = Frame.text(ByteBuffer.wrap("grün".getBytes(StandardCharsets.UTF_8)));

        assertThat(frame.whole())
                .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0x81, 5, 'g', 'r', (byte) 0xc3, (byte) 0xbc, 'n'}));
        assertThat(frame.text()).isEqualTo("grün");
    }

    @Test
    void oneWhoWritesLeavesTheFrameWholeForOthers() {
        byte[] segment = "beside{\"n\":1}beside".getBytes(StandardCharsets.UTF_8);
        Frame frame = Frame.lines(ByteBuffer.wrap(segment, 6, 7));
        ByteBuffer[] first = frame.lend();
        ByteBuffer[] second = frame.lend();

        first[0].position(2);
        first[1].position(5);

        assertThat(second[1]).isEqualTo(ByteBuffer.wrap("{\"n\":1}".getBytes(StandardCharsets.UTF_8)));
        assertThat(frame.payload()).isEqualTo(second[1]);
    }

    @Test
    void whatIsGivenBackIsLentAgainFromItsBeginning() {
        Frame frame = Frame.lines(ByteBuffer.wrap(new byte[300]));
        ByteBuffer[] lent = frame.lend();
        lent[0].position(lent[0].limit());
        lent[1].position(lent[1].limit());
        frame.giveBack(lent);

        assertThat(frame.lend()).isSameAs(lent);
        assertThat(lent[0].remaining()).isEqualTo(4);
        assertThat(lent[1].remaining()).isEqualTo(300);
    }
}
