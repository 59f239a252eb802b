package io.laundrybridge.session.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramesTest {
    private final FrameImages images = FrameImages.ofFramesUpTo(9 << 10);

    @Test
    void whateverAWriteTakesTheRestIsOfTheFrameItHasBegunAndTheOthersAreLeftWhole() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FramesTest -Dseed=" + seed);
        Random random = new Random(seed);
        for (int times = 0; times < 2_000; times++) {
            List<Frame> all = some(random);
            byte[] expected = wire(all);
            int written = random.nextInt(4) == 0 ? boundary(all, random) : random.nextInt(expected.length + 1);

            Frames frames = Frames.of(all.toArray(new Frame[0]));
            byte[] out = write(frames.lend(), written);
            ByteBuffer[] rest = frames.takeWritten();
            Frame[] left = frames.takeAll();
            poison();

            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            seen.writeBytes(out);
            seen.writeBytes(bytes(rest));
            int takenBytes = seen.size();
            for (Frame frame : left == null ? new Frame[0] : left) {
                seen.writeBytes(bytes(frame.lend()));
            }
            assertThat(seen.toByteArray()).as("after %d bytes", written).isEqualTo(expected);
            assertThat(takenBytes).isPositive();
            assertThat(rest == null).isEqualTo(written > 0 && written == takenBytes);
            assertThat(rest == null ? new ByteBuffer[0] : rest).noneMatch(ByteBuffer::isDirect);
        }
    }

    @Test
    void aFrameThatIsThereTwiceIsWrittenTwice() {
        Frame twice = imaged(200, 'a');
        Frames frames = Frames.of(twice, imaged(100, 'b'), twice);

        assertThat(bytes(frames.lend())).isEqualTo(wire(List.of(twice, imaged(100, 'b'), twice)));
    }

    @Test
    void moreFramesThanAWorkerHasImagesAreAllWhole() {
        List<Frame> many = new ArrayList<>();
        for (int i = 0; i < Frames.MOST; i++) {
            many.add(imaged(300, 'a' + i));
        }
        many.get(FrameImages.COUNT - 1).lend(); // now the oldest images are of frames that come first
        many.get(0).lend();

        assertThat(bytes(Frames.of(many.toArray(new Frame[0])).lend())).isEqualTo(wire(many));
    }

    @Test
    void aPingIsNotWrittenWithOthers() {
        Frame before = imaged(10, 'a');
        Frame after = imaged(10, 'b');
        Frames frames = Frames.of(before, Frame.ping(), after);

        write(frames.lend(), Integer.MAX_VALUE);
        assertThat(frames.takeWritten()).isNull();
        assertThat(frames.count()).isEqualTo(2);
        assertThat(frames.takeFirst().isPing()).isTrue();
        assertThat(frames.takeFirst()).isSameAs(after);
        assertThat(frames.isEmpty()).isTrue();
    }

    @Test
    void framesAreAddedBehindThoseThatAreLeftForEver() {
        Frames frames = new Frames();
        int added = 0;
        for (int taken = 0; taken < 10 * Frames.MOST; taken++) {
            while (frames.count() < Frames.MOST - taken % 2) {
                frames.add(frame(added++, 'a'));
            }
            assertThat(frames.takeFirst().bytes()).isEqualTo(taken);
        }
        frames.add(frame(0, 'a'));
        assertThatThrownBy(() -> {
                    frames.add(frame(0, 'a'));
                    frames.add(frame(0, 'a'));
                })
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anObjectIsUsedAgainForOtherFrames() {
        Frames frames = Frames.of(imaged(10, 'a'), imaged(10, 'b'));
        frames.lend();
        frames.takeAll();
        for (int times = 0; times < 3 * Frames.MOST; times++) {
            Frame next = imaged(20, 'c');
            frames.add(next);
            write(frames.lend(), Integer.MAX_VALUE);
            assertThat(frames.takeWritten()).isNull();
            assertThat(frames.takeAll()).isNull();
        }
    }

    private List<Frame> some(Random random) {
        List<Frame> all = new ArrayList<>();
        int count = 1 + random.nextInt(Frames.MOST);
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(5) == 0 ? 12_000 : random.nextInt(9_000);
            Frame frame = random.nextInt(8) == 0 && i > 0 ? all.get(random.nextInt(i)) : frame(length, 'a' + i);
            if (random.nextBoolean()) {
                frame.writeFrom(images);
            }
            all.add(frame);
        }
        return all;
    }

    private static int boundary(List<Frame> all, Random random) {
        return all.stream()
                .limit(random.nextInt(all.size() + 1))
                .mapToInt(Frame::length)
                .sum();
    }

    private void poison() {
        for (int i = 0; i < FrameImages.COUNT; i++) {
            imaged(9_000, '!').lend();
        }
    }

    private Frame imaged(int length, int each) {
        Frame frame = frame(length, each);
        frame.writeFrom(images);
        return frame;
    }

    private static Frame frame(int length, int each) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) each);
        return Frame.lines(ByteBuffer.wrap(payload));
    }

    private static byte[] wire(List<Frame> all) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        all.forEach(frame -> wire.writeBytes(bytes(new ByteBuffer[] {frame.whole()})));
        return wire.toByteArray();
    }

    /** Takes up to {@code most} bytes, as a socket does. */
    private static byte[] write(ByteBuffer[] pieces, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer piece : pieces) {
            byte[] taken = new byte[Math.min(piece.remaining(), most - out.size())];
            piece.get(taken);
            out.writeBytes(taken);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(ByteBuffer @Nullable [] pieces) {
        return pieces == null ? new byte[0] : write(pieces, Integer.MAX_VALUE);
    }
}
