package io.laundrybridge.session.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory lets go of a key's newer value between finding the older one and asking whether that is the newest. */
public class LookingBackShowsNothingReplacedTest {
    private static final String FILLING = "x".repeat(1_000);

    private final InMemorySource source = InMemorySource.named("s", 1, 100, Runnable::run);
    private final Bridge bridge = Bridge.from(source)
            .channel("c")
            .access(Access.anonymous())
            .filterFields("/n")
            .retain(Retention.of(Duration.ofDays(1), Retention.LEAST_BYTES))
            .to(new Here());
    private @Nullable Channel channel;

    private final class Here implements EventSink {
        @Override
        public void attach(EventStream stream) {
            Channel attached = Channel.of(stream);
            channel = attached;
        }

        @Override
        public void detach(EventStream stream) {
            channel = null;
        }
    }

    @BeforeEach
    void starts() {
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
    }

    @AfterEach
    void stops() {
        bridge.stop();
    }

    @Test
    void anOlderValueWhoseSuccessorIsGoneIsNotShown() {
        assertThat(wantsTheOlder(reader -> reader.lookBack(reader.log().head())))
                .isFalse();
    }

    /** It has lost its place with this, and reads all of it again. */
    @Test
    void aReaderThatReadsOnShowsIt() {
        assertThat(wantsTheOlder(LogReader::beginPass)).isTrue();
    }

    private boolean wantsTheOlder(Consumer<LogReader> pass) {
        ChannelLog log = Objects.requireNonNull(channel().state().log());
        publish(log, 2);
        LogReader reader = new LogReader(Cursor.before(log, 0), PositionVector.ORIGIN, selection());
        pass.accept(reader);
        Run run = reader.read(1 << 20, Integer.MAX_VALUE);
        assertThat(run.entry(0).key()).isEqualTo("k");
        while (log.start() < 2) {
            publish(log, 10);
        }
        return reader.wants(run, 0, new TurnBudget(System::nanoTime));
    }

    private Selection selection() {
        return Selection.of(List.of("k"))
                .where(Map.of("gt", List.of("/n", BigDecimal.ZERO)), channel(), SessionLimits.DEFAULT.filters());
    }

    private Channel channel() {
        return Objects.requireNonNull(channel);
    }

    private void publish(ChannelLog log, int count) {
        long head = log.head();
        for (int i = 0; i < count; i++) {
            source.publish("k", "{\"n\":1,\"x\":\"" + FILLING + "\"}");
        }
        Await.until("all in the log", Duration.ofSeconds(10), () -> log.head() >= head + count);
    }
}
