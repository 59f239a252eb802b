package io.laundrybridge.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/** Checks that frames, events and control lines are found wherever reads, frames and events end. */
class EventsAreFoundHoweverBytesAreCutTest {
    private static final int LEAST = 100;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<String> expected = new ArrayList<>();
    private final List<String> found = new ArrayList<>();

    @RepeatedTest(200)
    void nothingIsOverlookedAndNothingFoundTwice() {
        byte[] bytes = frames();
        FrameReader reader = new FrameReader(new Recorder());
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 5 : 700));
            reader.feed(bytes, from, to);
            from = to;
        }
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }

    private byte[] frames() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int message = 0; message < 20; message++) {
            byte[] payload = message().getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(3) == 0 ? random.nextInt(payload.length) : payload.length;
            frame(bytes, 1, cut == payload.length, payload, 0, cut);
            if (cut < payload.length) {
                frame(bytes, 0, true, payload, cut, payload.length);
            }
            if (random.nextInt(4) == 0) {
                byte[] ping = {1, 2, 3};
                frame(bytes, 9, true, ping, 0, ping.length);
                expected.add("ping 3");
            }
        }
        return bytes.toByteArray();
    }

    private String message() {
        List<String> lines = new ArrayList<>();
        int number = 1 + random.nextInt(5);
        for (int i = 0; i < number; i++) {
            lines.add(random.nextInt(4) == 0 ? control() : event());
        }
        return String.join("\n", lines);
    }

    private String control() {
        String line = "{\"op\":\"beat\",\"n\":" + random.nextInt(1_000) + "}";
        expected.add(line);
        return line;
    }

    private String event() {
        long sequence = random.nextInt(1_000_000);
        long scheduled = 1_700_000_000_000_000L + random.nextInt(1_000_000);
        int stream = random.nextInt(4);
        expected.add(sequence + " " + scheduled + " " + stream);
        StringBuilder value = new StringBuilder("{\"seq\":" + sequence + ",\"ts\":" + scheduled + ",\"p\":" + stream);
        value.append(",\"pad\":\"");
        while (value.length() < LEAST + random.nextInt(300)) {
            value.append('x');
        }
        return "{\"ch\":\"bench\",\"at\":\"0@" + sequence + "\",\"k\":null,\"v\":" + value + "\"}}";
    }

    private static void frame(ByteArrayOutputStream to, int opcode, boolean last, byte[] payload, int from, int end) {
        int length = end - from;
        to.write((last ? 0x80 : 0) | opcode);
        if (length < 126) {
            to.write(length);
        } else {
            to.write(126);
            to.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
        }
        to.write(payload, from, length);
    }

    private final class Recorder implements FrameSink, EventSink {
        private final EventScanner scanner = new EventScanner(this, LEAST, true, true);

        @Override
        public void payload(byte[] bytes, int from, int to, Kind kind) {
            scanner.feed(bytes, from, to);
        }

        @Override
        public void endOfFrame(Kind kind, boolean endOfMessage) {
            if (endOfMessage) {
                scanner.endOfMessage();
            }
        }

        @Override
        public void ping(byte[] payload) {
            found.add("ping " + payload.length);
        }

        @Override
        public void closing(byte[] payload) {
            found.add("close");
        }

        @Override
        public void event(long sequence, long scheduled, int stream) {
            found.add(sequence + " " + scheduled + " " + stream);
        }

        @Override
        public void control(String line) {
            found.add(line);
        }
    }
}
