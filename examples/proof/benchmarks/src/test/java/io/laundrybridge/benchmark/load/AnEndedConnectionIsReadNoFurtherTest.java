package io.laundrybridge.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that comes back has another connection while bytes of the former one are being taken apart. */
class AnEndedConnectionIsReadNoFurtherTest {
    private final List<String> seen = new ArrayList<>();
    private final FrameReader reader = new FrameReader(new Sink());

    /** Stops its reader at the payload "end". */
    private final class Sink implements FrameSink {
        @Override
        public void payload(byte[] bytes, int from, int to, Kind kind) {
            String payload = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
            seen.add(payload);
            if (payload.equals("end")) {
                reader.stop();
            }
        }

        @Override
        public void endOfFrame(Kind kind, boolean endOfMessage) {
            seen.add("/");
        }

        @Override
        public void ping(byte[] payload) {
            seen.add("ping");
        }

        @Override
        public void closing(byte[] payload) {
            seen.add("close");
        }
    }

    private static byte[] frames(String... payloads) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String payload : payloads) {
            all.write(0x82);
            all.write(payload.length());
            all.writeBytes(payload.getBytes(StandardCharsets.US_ASCII));
        }
        return all.toByteArray();
    }

    @Test
    void framesBehindTheEndArePassedOver() {
        byte[] bytes = frames("one", "end", "more");
        reader.feed(bytes, 0, bytes.length);
        reader.feed(bytes, 0, bytes.length);
        assertThat(seen).containsExactly("one", "/", "end");
    }
}
