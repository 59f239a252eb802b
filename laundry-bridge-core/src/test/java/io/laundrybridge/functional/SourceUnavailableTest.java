package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeException;
import io.laundrybridge.BridgeState;
import io.laundrybridge.event.PositionVector;
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
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The application deploys while Kafka or the topic is missing. */
class SourceUnavailableTest {
    private final LateSource source = new LateSource();
    private final WebSocketSink sink = WebSocketSink.at("/laundry");

    @Test
    void sessionsAreAskedToRetryUntilTheSourceIsAvailable() {
        try (Bridge bridge = start()) {
            SessionProbe client = SessionProbe.full(sink).subscribe("machines", "");
            assertThat(client.await("\"op\":\"error\""))
                    .contains("\"code\":\"source_unavailable\"")
                    .contains("\"retry\":true");
            assertThat(SessionProbe.plain(sink, Map.of()).awaitClose()).isEqualTo(1013);
            source.appears();
            bridge.awaitLive(Duration.ofSeconds(10));
            client.subscribe("machines", "").await("\"op\":\"live\"");
        }
    }

    @Test
    void anExplicitStartReportsWhatIsMissing() {
        try (Bridge bridge = start()) {
            assertThat(bridge.state()).isEqualTo(BridgeState.STARTING);
            assertThatThrownBy(() -> bridge.awaitLive(Duration.ofMillis(50)))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("channel 'machines' is not live")
                    .hasMessageContaining("Topic 'machine-log' does not exist");
        }
    }

    private Bridge start() {
        Bridge bridge = Bridge.from(source)
                .channel("machines")
                .access(Access.anonymous())
                .to(sink);
        bridge.start();
        return bridge;
    }

    /** A stream that is unavailable until the test says otherwise. */
    private static final class LateSource implements EventSource {
        private final AtomicReference<RecordHandler> handler = new AtomicReference<>();

        @Override
        public HistoryReader history(HostServices services) {
            throw new IllegalStateException("there is nothing to read again");
        }

        @Override
        public String name() {
            return "machine-log";
        }

        @Override
        public SourceReader open(ReadRequest request, RecordHandler opened) {
            handler.set(opened);
            opened.stale("Topic 'machine-log' does not exist");
            return () -> {};
        }

        @Override
        public DeadLetters deadLetters() {
            return (record, reason) -> {};
        }

        void appears() {
            RecordHandler opened = handler.get();
            opened.opened(new StreamStart("e", PositionVector.ORIGIN, PositionVector.ORIGIN));
            opened.fresh();
            opened.live();
        }
    }
}
