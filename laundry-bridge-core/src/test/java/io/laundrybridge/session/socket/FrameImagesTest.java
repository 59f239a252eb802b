package io.laundrybridge.session.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameImagesTest {
    private static final int LARGEST = 64 << 10;

    private final FrameImages images = FrameImages.ofFramesUpTo(LARGEST);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 8_192, 8_193, 65_535, LARGEST})
    void anImageIsTheFrameInOnePieceOutsideTheHeap(int length) {
        Frame frame = frame(length, 'x');

        for (int i = 0; i < 2; i++) {
            ByteBuffer[] lent = frame.lend();
            assertThat(lent).hasSize(1);
            assertThat(lent[0].isDirect()).isTrue();
            assertThat(lent[0]).isEqualTo(frame.whole());
            lent[0].position(lent[0].limit());
            frame.giveBack(lent);
        }
    }

    @Test
    void anImageIsMadeOnceForManyWrites() {
        Frame frame = frame(200, 'x');
        ByteBuffer image = frame.lend()[0];
        image.put(100, (byte) '!'); // seen again only if nothing was copied

        assertThat(frame.lend()[0].get(100)).isEqualTo((byte) '!');
    }

    @Test
    void aFrameWhoseMemoryHoldsOthersByNowGetsAnotherImage() {
        Frame first = frame(5_000, 'a');
        first.lend();
        for (int i = 0; i < FrameImages.COUNT; i++) {
            Frame other = frame(9_000, 'b');
            assertThat(other.lend()[0]).isEqualTo(other.whole());
        }

        assertThat(first.lend()[0]).isEqualTo(first.whole());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 3_000, 8_000})
    void theRestOfAWriteIsNoImage(int written) {
        for (int length : new int[] {8_000, 60_000}) {
            Frame frame = frame(length, 'a');
            ByteBuffer[] lent = frame.lend();
            lent[0].position(written);
            ByteBuffer[] rest = frame.rest(lent);
            for (int i = 0; i < FrameImages.COUNT; i++) {
                frame(LARGEST, '!').lend();
            }

            assertThat(joined(rest)).isEqualTo(frame.whole().position(written));
            assertThat(rest).noneMatch(ByteBuffer::isDirect);
            assertThat(frame.lend()[0]).isEqualTo(frame.whole());
        }
    }

    @Test
    void aLargerFrameIsWrittenFromTheHeap() {
        Frame frame = frame(LARGEST + 1, 'x');

        assertThat(joined(frame.lend())).isEqualTo(frame.whole());
        assertThat(frame.lend()).noneMatch(ByteBuffer::isDirect);
    }

    @Test
    void aWorkerWithoutSuchMemoryIsToldAndWritesFromTheHeap() throws Exception {
        Process poor = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:MaxDirectMemorySize=64k",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutMemory.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(poor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(poor.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("direct: false").contains("raise -XX:MaxDirectMemorySize");
    }

    /** A program that writes a frame. */
    static final class WithoutMemory {
        private WithoutMemory() {}

        public static void main(String[] none) {
            Frame frame = Frame.lines(ByteBuffer.wrap(new byte[100]));
            frame.writeFrom(FrameImages.ofFramesUpTo(LARGEST));
            System.out.println("direct: " + frame.lend()[0].isDirect());
        }
    }

    private Frame frame(int length, char each) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) each);
        Frame frame = Frame.lines(ByteBuffer.wrap(payload));
        frame.writeFrom(images);
        return frame;
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
