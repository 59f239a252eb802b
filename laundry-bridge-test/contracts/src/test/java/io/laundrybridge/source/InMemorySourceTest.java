package io.laundrybridge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.InMemorySource.Place;
import io.laundrybridge.test.contract.SourceContract;
import io.laundrybridge.test.contract.SourceTape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class InMemorySourceTest extends SourceContract {

    private static final Duration HOUR = Duration.ofHours(1);

    private final InMemorySource source = InMemorySource.named("in-memory", 3);

    @Override
    protected EventSource source() {
        return source;
    }

    @Override
    protected void publish(String key, String value) {
        source.publish(key, value);
    }

    @Test
    void findsTheOffsetOfARecord() {
        Place first = source.publish("m-1", "a");
        assertThat(source.publish("m-1", "b")).isEqualTo(new Place(first.partition(), first.offset() + 1));
    }

    @Test
    void handsOverOnlyTheHistoryThatIsYoungEnough() {
        publishAt(Instant.now().minus(Duration.ofHours(2)), "old");
        publishAt(Instant.now().minus(Duration.ofMinutes(2)), "young");
        SourceTape tape = open(HOUR, new SourceTape()).awaitCall("live");
        assertThat(tape.texts()).containsExactly("m-1=young");
    }

    private void publishAt(Instant time, String value) {
        source.publish(
                "m-1".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                time.toEpochMilli(),
                List.of());
    }

    @Test
    void startsOverWhenItIsMadeAgain() {
        source.publish("m-1", "before");
        SourceTape tape = open(HOUR, new SourceTape()).awaitCall("live");
        source.recreate();
        source.publish("m-1", "after");
        tape.awaitRecords(2);
        assertThat(tape.calls()).containsSubsequence("live", "reset epoch", "m-1=after");
        tape.await(
                "live again",
                told -> told.calls().lastIndexOf("live") > told.calls().indexOf("reset epoch"));
        assertThat(tape.starts()).extracting(StreamStart::epoch).doesNotHaveDuplicates();
        assertThat(tape.records().get(1).offset()).isZero();
    }

    @Test
    void reportsThatItIsStaleAndFreshAgain() {
        SourceTape early = open(HOUR, new SourceTape()).awaitCall("live");
        source.stall("The machine room is on fire");
        SourceTape late = open(HOUR, new SourceTape());
        source.publish("m-1", "news");
        source.resume();
        source.resume();
        assertThat(early.awaitCall("fresh").calls())
                .containsSubsequence("stale: The machine room is on fire", "m-1=news", "fresh");
        assertThat(late.awaitCall("fresh").calls())
                .containsSubsequence("opened", "stale: The machine room is on fire", "fresh");
    }

    @Test
    void reportsAGapIfAHandlerFallsBehindMemory() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        InMemorySource small = InMemorySource.named("small", 1, 2, tasks::add);
        SourceTape tape = new SourceTape();
        small.open(request(HOUR), tape);
        for (int i = 0; i < 5; i++) {
            small.publish(null, "" + i);
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        assertThat(tape.gaps()).containsExactly(Gap.of(0, 0, 3, GapReason.RETENTION));
        assertThat(tape.texts()).containsExactly("null=3", "null=4");
        assertThat(tape.progress()).isEqualTo(PositionVector.of(5));
    }

    @Test
    void keepsDeadLettersForTheirReaders() {
        source.publish("m-1", "{");
        SourceTape tape = open(HOUR, new SourceTape()).awaitRecords(1);
        source.deadLetters().write(tape.records().get(0), "not JSON");
        assertThat(source.deadLettered())
                .containsExactly(new InMemorySource.DeadLetter(tape.records().get(0), "not JSON"));
    }

    @Test
    void refusesAStreamWithoutPartitions() {
        assertThatThrownBy(() -> InMemorySource.named("none", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partitions=0");
    }
}
