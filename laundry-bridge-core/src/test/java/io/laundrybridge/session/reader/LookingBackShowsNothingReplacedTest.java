package io.laundrybridge.session.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.source.StreamStart;
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
    private static final Retention SHORT = Retention.of(Duration.ofDays(1), Retention.LEAST_BYTES);

    private final InMemorySource source = InMemorySource.named("s", 1, 100, Runnable::run);
    private final Bridge bridge = Bridge.from(source)
            .channel("c")
            .access(Access.anonymous())
            .filterFields("/n")
            .retain(SHORT)
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

    /** A number that the filter does not want. Something happens while the filter is asked. */
    @SuppressWarnings("serial") // it is written nowhere
    private static final class Unwanted extends BigDecimal {
        private final transient Runnable meanwhile;

        Unwanted(Runnable meanwhile) {
            super(0);
            this.meanwhile = meanwhile;
        }

        @Override
        public int compareTo(BigDecimal bound) {
            meanwhile.run();
            return super.compareTo(bound);
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

    /** The filter does not want the next event of the key, but the one after that. Memory lets go of both meanwhile. */
    @Test
    void anOlderValueIsNotShownIfTheWayToItsSuccessorGoesWhileTheFilterIsAsked() {
        LogWriter writer = new LogWriter(new StreamStart("e", PositionVector.ORIGIN, PositionVector.of(0)), SHORT, 0);
        ChannelLog log = writer.log();
        append(writer, 1L);
        append(writer, new Unwanted(() -> appendUntilGone(writer, 2)));
        append(writer, 1L);
        LogReader reader = new LogReader(Cursor.before(log, 0), PositionVector.ORIGIN, selection());
        reader.lookBack(log.head());
        Run run = reader.read(1 << 20, Integer.MAX_VALUE);
        assertThat(reader.wants(run, 0, new TurnBudget(System::nanoTime))).isFalse();
        assertThat(log.start()).as("the oldest that is left").isGreaterThan(2);
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

    private static void appendUntilGone(LogWriter writer, long index) {
        while (writer.log().start() <= index) {
            append(writer, 1L);
        }
    }

    private static void append(LogWriter writer, Object n) {
        long offset = writer.log().head();
        byte[] bytes = FILLING.getBytes(UTF_8);
        SourceRecord record = new SourceRecord("s", 0, offset, 0, 0, "k".getBytes(UTF_8), bytes, List.of());
        FieldValues fields = new FieldValues(new Object[] {n});
        writer.append(new EventLine(bytes, bytes.length, 0, "k", null, fields), record, 0);
    }

    private void publish(ChannelLog log, int count) {
        long head = log.head();
        for (int i = 0; i < count; i++) {
            source.publish("k", "{\"n\":1,\"x\":\"" + FILLING + "\"}");
        }
        Await.until("all in the log", Duration.ofSeconds(10), () -> log.head() >= head + count);
    }
}
