package io.laundrybridge.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the promises of every source to its handlers. Each test gets its own empty stream of three partitions. */
public abstract class SourceContract {

    private static final Duration EVERYTHING = Duration.ofDays(36_500);

    private final List<SourceReader> readers = new ArrayList<>();
    private final List<SourceTape> tapes = new ArrayList<>();

    /** Returns the source of this test's stream; the same at every call. */
    protected abstract EventSource source();

    /** Puts a record into this test's stream. */
    protected abstract void publish(String key, String value);

    /** Opens the source for a handler; it is closed after the test. */
    protected final SourceTape open(Duration history, SourceTape tape) {
        readers.add(source().open(request(history), tape));
        tapes.add(tape);
        return tape;
    }

    /** Returns a request for {@code history}. */
    protected static ReadRequest request(Duration history) {
        return new ReadRequest("machines", history, HostServices.standard());
    }

    private SourceTape openFromStart() {
        return open(EVERYTHING, new SourceTape());
    }

    private SourceReader lastReader() {
        return readers.get(readers.size() - 1);
    }

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            publish("m-" + i % 5, "" + i);
        }
    }

    private static Map<Integer, List<Long>> offsets(SourceTape tape) {
        return tape.records().stream()
                .collect(Collectors.groupingBy(
                        SourceRecord::partition, Collectors.mapping(SourceRecord::offset, Collectors.toList())));
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m-" + i % 5 + "=" + i).toList();
    }

    @AfterEach
    void closesEveryReaderAndNeverCallsAHandlerTwiceAtOnce() {
        readers.forEach(SourceReader::close);
        assertThat(tapes).noneMatch(SourceTape::overlapped);
    }

    @Test
    void handsOverTheHistoryBeforeItGoesLive() {
        publish(0, 20);
        List<String> calls = openFromStart().awaitCall("live").calls();
        assertThat(calls.get(0)).isEqualTo("opened");
        assertThat(calls.subList(0, calls.indexOf("live"))).containsAll(expected(0, 20));
    }

    @Test
    void keepsTheOrderOfEachPartition() {
        publish(0, 50);
        SourceTape tape = openFromStart();
        publish(50, 100);
        tape.awaitRecords(100);
        assertThat(offsets(tape).values())
                .allSatisfy(offsets -> assertThat(offsets).isSorted().doesNotHaveDuplicates());
        assertThat(tape.texts()).containsExactlyInAnyOrderElementsOf(expected(0, 100));
    }

    @Test
    void leavesOutHistoryThatWasNotRequested() {
        publish(0, 10);
        SourceTape tape = open(Duration.ZERO, new SourceTape()).awaitCall("live");
        publish(10, 20);
        assertThat(tape.awaitRecords(10).texts()).containsExactlyInAnyOrderElementsOf(expected(10, 20));
    }

    @Test
    void goesLiveAtOnceWhereTheStreamIsEmpty() {
        assertThat(openFromStart().awaitCall("live").calls()).containsSubsequence("opened", "live");
    }

    @Test
    void goesLiveOnce() {
        publish(0, 5);
        SourceTape tape = openFromStart().awaitCall("live");
        publish(5, 10);
        tape.awaitRecords(10).await("the batch's end", SourceContract::endedAtLastRecord);
        assertThat(tape.calls()).filteredOn("live"::equals).hasSize(1);
    }

    @Test
    void endsEveryBatchAtThePlaceItHasReached() {
        publish(0, 10);
        SourceTape tape = openFromStart().awaitRecords(10);
        tape.await("the batch's end", SourceContract::endedAtLastRecord);
        assertThat(tape.calls()).containsSubsequence("m-4=9", "batchEnd");
    }

    private static boolean endedAtLastRecord(SourceTape tape) {
        return tape.records().stream().allMatch(record -> tape.progress().next(record.partition()) > record.offset());
    }

    @Test
    void saysWhereReadingStarts() {
        publish(0, 10);
        SourceTape early = openFromStart().awaitRecords(10);
        SourceTape late = open(Duration.ZERO, new SourceTape()).awaitCall("live");
        assertThat(late.starts().get(0).epoch())
                .isEqualTo(early.starts().get(0).epoch())
                .matches("[0-9a-zA-Z_-]{1,32}");
        assertThat(early.starts().get(0).start())
                .isEqualTo(early.starts().get(0).beginning());
        assertThat(early.records())
                .allMatch(record -> late.starts().get(0).start().next(record.partition()) > record.offset());
    }

    @Test
    void givesALateJoinerItsHistoryAndTheFirstNoRepeat() {
        publish(0, 20);
        SourceTape first = openFromStart().awaitRecords(20);
        SourceTape late = openFromStart().awaitRecords(20);
        publish(20, 30);
        assertThat(first.awaitRecords(30).texts()).containsExactlyInAnyOrderElementsOf(expected(0, 30));
        assertThat(late.awaitRecords(30).texts()).containsExactlyInAnyOrderElementsOf(expected(0, 30));
    }

    @Test
    void findsATimeInEachPartition() throws Exception {
        publish(0, 20);
        SourceTape tape = openFromStart().awaitRecords(20);
        long time =
                tape.records().stream().mapToLong(SourceRecord::timestamp).max().orElseThrow() + 1;
        Await.until("the next millisecond", Duration.ofSeconds(10), () -> System.currentTimeMillis() >= time);
        publish("m-1", "20");
        publish("m-1", "21");
        tape.awaitRecords(22).await("the batch's end", SourceContract::endedAtLastRecord);
        SourceRecord first = tape.records().stream()
                .filter(record -> record.timestamp() >= time)
                .findFirst()
                .orElseThrow();
        PositionVector end = tape.progress().withoutEpochs();
        try (HistoryReader history = source().history(HostServices.standard())) {
            assertThat(history.firstSince(0, end)).isEqualTo(PositionVector.of(new long[end.partitions()]));
            assertThat(history.firstSince(time, end))
                    .isEqualTo(end.with(first.partition(), first.offset(), PositionVector.NO_EPOCH));
            assertThat(history.firstSince(Long.MAX_VALUE, end)).isEqualTo(end);
        }
    }

    @Test
    void isSilentOnceClosed() {
        SourceTape closed = openFromStart().awaitCall("live");
        lastReader().close();
        List<String> told = closed.calls();
        SourceTape other = openFromStart().awaitCall("live");
        publish(0, 5);
        other.awaitRecords(5);
        assertThat(closed.calls()).isEqualTo(told);
    }

    @Test
    void canBeClosedByItsOwnHandler() {
        CompletableFuture<SourceReader> own = new CompletableFuture<>();
        SourceTape tape = open(EVERYTHING, new SourceTape(record -> own.join().close()));
        own.complete(lastReader()); // another may be the last by the time of the record
        tape.awaitCall("live");
        publish(0, 5);
        tape.awaitRecords(1);
        SourceTape other = openFromStart().awaitRecords(5);
        assertThat(other.texts()).hasSize(5);
        assertThat(tape.records()).hasSize(1);
    }

    @Test
    void failsAHandlerThatThrowsAndNoOther() {
        SourceTape well = openFromStart().awaitCall("live");
        RuntimeException thrown = new IllegalStateException("expected by this test");
        SourceTape ill = open(EVERYTHING, new SourceTape(record -> {
            throw thrown;
        }));
        ill.awaitCall("live");
        publish(0, 10);
        ill.awaitCall("failed");
        publish(10, 20);
        assertThat(well.awaitRecords(20).texts()).containsExactlyInAnyOrderElementsOf(expected(0, 20));
        assertThat(ill.records()).hasSize(1);
        assertThat(ill.failures()).containsExactly(thrown);
        assertThat(ill.calls()).endsWith("failed");
    }

    /** Returns a handler that takes no record while the flag is set. */
    private SourceTape openWithout(AtomicBoolean away) {
        return open(EVERYTHING, new SourceTape() {
            @Override
            public void record(SourceRecord record) {
                if (away.get()) {
                    throw new RetriableDecodeException("the registry is away", new IllegalStateException("expected"));
                }
                super.record(record);
            }
        });
    }

    @Test
    void holdsWhatAHandlerCannotTakeNowAndLosesNothing() {
        AtomicBoolean away = new AtomicBoolean();
        publish(0, 20);
        SourceTape waiting = openWithout(away).awaitCall("live");
        SourceTape well = openFromStart().awaitRecords(20);
        away.set(true);
        publish(20, 40);
        waiting.awaitStale("the registry is away");
        assertThat(well.awaitRecords(40).texts()).containsExactlyInAnyOrderElementsOf(expected(0, 40));
        assertThat(waiting.records()).hasSize(20);
        away.set(false);
        waiting.awaitRecords(40).awaitCall("fresh").await("the batch's end", SourceContract::endedAtLastRecord);
        publish(40, 50);
        assertThat(waiting.awaitRecords(50).texts()).containsExactlyInAnyOrderElementsOf(expected(0, 50));
        assertThat(offsets(waiting).values())
                .allSatisfy(offsets -> assertThat(offsets).isSorted().doesNotHaveDuplicates());
        assertThat(well.awaitRecords(50).texts()).containsExactlyInAnyOrderElementsOf(expected(0, 50));
        assertThat(waiting.gaps()).isEmpty();
        assertThat(well.calls()).noneMatch(call -> call.startsWith("stale"));
    }

    @Test
    void isNotLiveBeforeAHandlerHasTakenItsHistory() {
        AtomicBoolean away = new AtomicBoolean(true);
        publish(0, 10);
        SourceTape tape = openWithout(away).awaitStale("the registry is away");
        assertThat(tape.told("live")).isFalse();
        away.set(false);
        List<String> calls = tape.awaitCall("live").calls();
        assertThat(calls.subList(0, calls.indexOf("live"))).containsAll(expected(0, 10));
    }

    @Test
    void startsAgainAfterItsLastReaderHasGone() {
        publish(0, 5);
        openFromStart().awaitRecords(5);
        lastReader().close();
        publish(5, 10);
        assertThat(openFromStart().awaitRecords(10).texts()).containsExactlyInAnyOrderElementsOf(expected(0, 10));
    }

    @Test
    void leavesNoThreadBehind() {
        openFromStart().awaitCall("live");
        lastReader().close();
        String own = "laundry-bridge-" + source().name() + "-";
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains(own));
    }
}
