package io.laundrybridge.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.source.StreamStart;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Offsets 0 to 4 were written under leader epoch 3, 5 to 9 under 5. A client that has offset 5 or more of epoch 3 has
 * records that Kafka lost (K8).
 */
class LeaderEpochsTest {
    private final WebSocketSink sink = WebSocketSink.builder("/laundry")
            .heartbeat(Duration.ofMillis(100))
            .limits(Limits.with("limits.ahead-wait", "100ms"))
            .build();
    private final Bridge bridge = Bridge.from(new TwoLeaders())
            .channel("c")
            .access(Access.anonymous())
            .to(sink);

    @BeforeEach
    void starts() {
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
    }

    @AfterEach
    void stops() {
        bridge.stop();
    }

    private SessionProbe resume(String place) {
        return SessionProbe.full(sink).subscribe("c", ",\"from\":\"at:life.1:0@" + place + "\",\"else\":\"earliest\"");
    }

    @ParameterizedTest
    @CsvSource({"2.3, 2", "5.3, 5", "5, 5", "7.5, 7", "7, 7", "10.5, 10"})
    void aTruePlaceIsResumedAt(String place, int next) {
        SessionProbe client = resume(place);
        assertThat(client.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
        client.await("\"op\":\"live\"");
        assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(next, 10));
    }

    @ParameterizedTest
    @CsvSource({"6.3", "10.3", "3.5"})
    void aPlaceInWhatKafkaLostIsReset(String place) {
        SessionProbe client = resume(place);
        assertThat(client.await("\"op\":\"subscribed\"")).contains("\"recovered\":false");
        assertThat(client.await("\"op\":\"reset\"")).contains("\"reason\":\"truncated\"");
        client.await("\"op\":\"live\"");
        assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 10));
    }

    @Test
    void anEpochThatThisNodeHasNotSeenIsWaitedForAndThenReset() {
        SessionProbe client = resume("10.6");
        assertThat(client.await("\"op\":\"subscribed\"")).contains("\"recovered\":false");
        assertThat(client.await("\"op\":\"reset\"")).contains("\"reason\":\"ahead\"");
    }

    /** One partition, all of it read at once. */
    private static final class TwoLeaders implements EventSource {
        @Override
        public String name() {
            return "two-leaders";
        }

        @Override
        public SourceReader open(ReadRequest request, RecordHandler handler) {
            request.services().thread("two-leaders-source", () -> tell(handler)).start();
            return () -> {};
        }

        private static void tell(RecordHandler handler) {
            handler.opened(new StreamStart("life", PositionVector.of(0), PositionVector.of(0)));
            for (int n = 0; n < 10; n++) {
                handler.record(new SourceRecord(
                        "t",
                        0,
                        n,
                        n < 5 ? 3 : 5,
                        -1,
                        "k".getBytes(UTF_8),
                        ("{\"n\":" + n + "}").getBytes(UTF_8),
                        List.of()));
            }
            handler.batchEnd(PositionVector.of(new long[] {10}, new int[] {5}));
            handler.live();
        }

        @Override
        public HistoryReader history(HostServices services) {
            throw new IllegalStateException("memory has it all");
        }

        @Override
        public DeadLetters deadLetters() {
            return (record, reason) -> {};
        }
    }
}
