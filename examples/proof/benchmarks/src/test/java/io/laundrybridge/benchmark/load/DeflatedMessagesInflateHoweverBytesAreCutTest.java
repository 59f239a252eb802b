package io.laundrybridge.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Events are found in one deflated stream of messages wherever reads and frames end, and between messages that are
 * plain.
 */
class DeflatedMessagesInflateHoweverBytesAreCutTest {
    private static final int LEAST = 100;
    private static final int DEFLATED = 0x40;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Deflater deflater = new Deflater(6, true);
    private final List<Long> expected = new ArrayList<>();
    private final Recorder found = new Recorder();

    @RepeatedTest(100)
    void everyEventIsFoundOnce() {
        byte[] bytes = frames();
        FrameReader reader = new FrameReader(found);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 5 : 700));
            reader.feed(bytes, from, to);
            from = to;
        }
        assertThat(found.sequences).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void laterMessagesReferToEarlier() throws IOException {
        byte[] first = deflated(event(1, 300));
        byte[] second = deflated(event(2, 300));
        assertThat(second.length).isLessThan(first.length / 2);

        DeflatedMessages messages = new DeflatedMessages();
        messages.begin();
        assertThatThrownBy(() -> messages.feed(second, 0, second.length, found.scanner))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not inflate");
    }

    @Test
    void aStreamThatEndsIsAnError() {
        deflater.finish();
        byte[] last = deflated(event(1));

        assertThatThrownBy(() -> new DeflatedMessages().feed(last, 0, last.length, found.scanner))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends before its connection");
    }

    private byte[] frames() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int message = 0; message < 30; message++) {
            long sequence = random.nextInt(1_000_000);
            expected.add(sequence);
            boolean plain = random.nextInt(5) == 0;
            byte[] payload = plain ? event(sequence) : deflated(event(sequence));
            int cut = random.nextInt(3) == 0 ? random.nextInt(payload.length) : payload.length;
            boolean whole = cut == payload.length;
            frame(bytes, (plain ? 0 : DEFLATED) | (whole ? 0x80 : 0) | 1, Arrays.copyOf(payload, cut));
            if (!whole) {
                if (random.nextBoolean()) {
                    frame(bytes, 0x80 | 9, new byte[3]);
                }
                frame(bytes, 0x80, Arrays.copyOfRange(payload, cut, payload.length));
            }
        }
        return bytes.toByteArray();
    }

    private byte[] event(long sequence) {
        return event(sequence, LEAST + random.nextInt(random.nextInt(10) == 0 ? 40_000 : 300));
    }

    private static byte[] event(long sequence, int length) {
        StringBuilder value = new StringBuilder("{\"seq\":" + sequence + ",\"ts\":1700000000000000,\"pad\":\"");
        Random pad = new Random(7);
        while (value.length() < length) {
            value.append((char) ('a' + pad.nextInt(26)));
        }
        return (value + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** As a sender does: flushed, without the four bytes that every flush ends with. */
    private byte[] deflated(byte[] message) {
        byte[] out = new byte[message.length + 1_000];
        deflater.setInput(message);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, deflater.finished() ? length : length - 4);
    }

    private static void frame(ByteArrayOutputStream to, int first, byte[] payload) {
        to.write(first);
        if (payload.length < 126) {
            to.write(payload.length);
        } else {
            to.write(126);
            to.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        }
        to.writeBytes(payload);
    }

    private static final class Recorder implements FrameSink, EventSink {
        private final List<Long> sequences = new ArrayList<>();
        private final EventScanner scanner = new EventScanner(this, LEAST, false, false);
        private final DeflatedMessages messages = new DeflatedMessages();

        @Override
        public void payload(byte[] bytes, int from, int to, Kind kind) {
            try {
                if (kind == Kind.DEFLATED) {
                    messages.feed(bytes, from, to, scanner);
                } else {
                    scanner.feed(bytes, from, to);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void endOfFrame(Kind kind, boolean endOfMessage) {
            try {
                if (kind == Kind.DEFLATED && endOfMessage) {
                    messages.endOfMessage(scanner);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void ping(byte[] payload) {
            assertThat(payload).hasSize(3);
        }

        @Override
        public void closing(byte[] payload) {
            throw new AssertionError("no side closes");
        }

        @Override
        public void event(long sequence, long scheduled, int stream) {
            sequences.add(sequence);
        }

        @Override
        public void control(String line) {
            throw new AssertionError("nothing but events");
        }
    }
}
