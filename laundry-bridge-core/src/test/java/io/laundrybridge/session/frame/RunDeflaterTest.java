package io.laundrybridge.session.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

public class RunDeflaterTest {
    private final RunDeflater deflater = new RunDeflater();

    @AfterEach
    void frees() {
        deflater.close();
    }

    @Test
    void everyFrameInflatesByItselfWhateverCameBefore() throws Exception {
        for (int size : new int[] {64, 5_000, 300_000, 900}) {
            byte[] lines =
                    "{\"ch\":\"machines\",\"v\":1}\n".repeat(size / 24 + 1).getBytes(StandardCharsets.UTF_8);
            byte[] frame = Objects.requireNonNull(deflater.frame(ByteBuffer.wrap(lines)));
            assertThat(frame[0]).isZero();
            assertThat(frame.length).isLessThan(lines.length);
            assertThat(inflated(frame, lines.length)).isEqualTo(lines);
            deflater.close();
        }
    }

    @Test
    void aRunThatWouldNotShrinkIsNoFrame() {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        assertThat(deflater.frame(ByteBuffer.wrap(noise))).isNull();
        assertThat(deflater.frame(ByteBuffer.wrap(new byte[10_000]))).isNotNull();
    }

    private static byte[] inflated(byte[] frame, int length) throws Exception {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(frame, 1, frame.length - 1);
            byte[] lines = new byte[length + 1];
            return Arrays.copyOf(lines, inflater.inflate(lines));
        } finally {
            inflater.end();
        }
    }
}
