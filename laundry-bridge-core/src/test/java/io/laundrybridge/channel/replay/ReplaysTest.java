package io.laundrybridge.channel.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Retention;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.source.StreamStart;
import io.laundrybridge.testing.Await;
import io.laundrybridge.testing.CountingTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplaysTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MEMORY_FROM = 50_000;

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final HostServices services = HostServices.standard().withTelemetry(telemetry);
    private final Replays replays = Replays.of(new ReplayLimits(2, 1 << 20, 4 << 20, 1 << 30), services);
    private final ChannelLog live = log();

    @AfterEach
    void leavesNothing() {
        replays.close();
        assertThat(telemetry.sum(Meter.REPLAY_WAITING)).isZero();
        assertThat(telemetry.sum(Meter.REPLAY_HELD)).isZero();
        Await.until(
                "no thread is left",
                SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("laundry-bridge-replay")));
    }

    @Test
    void aFewReadsServeAllWhoStandNear() {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        AtomicInteger told = new AtomicInteger();
        List<ReplayRequest> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            requests.add(channel.ask(live, at(1_000 + 3L * i, 7), told::incrementAndGet));
        }
        Await.until("all answers", SOON, () -> requests.stream().allMatch(each -> each.answer() != null));
        assertThat(requests).allMatch(each -> each.answer() instanceof ReplayAnswer.Piece);
        assertThat(past.reads.get()).isBetween(1, 5);
        assertThat(telemetry.sum(Meter.REPLAY_SHARED)).isGreaterThan(290);
        assertThat(told.get()).isLessThanOrEqualTo(300);
    }

    @Test
    void pieceByPieceComesToMemoryWithoutHole() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        PositionVector place = at(10, 7);
        int pieces = 0;
        for (; place.next(0) < MEMORY_FROM; pieces++) {
            PositionVector from = place;
            ReplayAnswer.Piece piece = (ReplayAnswer.Piece) answer(channel.ask(live, from, () -> {}));
            assertThat(piece.log().progress().next(0)).isGreaterThan(from.next(0));
            place = piece.log().progress();
        }
        assertThat(pieces).isBetween(3, 20);
    }

    @Test
    void aForgedLeaderEpochHurtsItsOwnerAlone() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        ReplayRequest honest = channel.ask(live, at(1_000, 7), () -> {});
        ReplayRequest forged = channel.ask(live, at(1_010, 3), () -> {});
        assertThat(answer(honest)).isInstanceOf(ReplayAnswer.Piece.class);
        assertThat(answer(forged)).isEqualTo(new ReplayAnswer.Gone(ResetReason.TRUNCATED));
    }

    @Test
    void aSourceThatCannotBeReachedIsTriedAgainWhileOthersGoOn() {
        Past away = new Past();
        away.reachable.set(false);
        ReplayRequest waits = replays.open("away", away, Encoding.json()).ask(live, at(1, 7), () -> {});
        ReplayRequest served =
                replays.open("there", new Past(), Encoding.json()).ask(live, at(1, 7), () -> {});
        assertThat(answer(served)).isInstanceOf(ReplayAnswer.Piece.class);
        Await.until("a second try", SOON, () -> away.reads.get() >= 2);
        assertThat(waits.answer()).isNull();
        away.reachable.set(true);
        assertThat(answer(waits)).isInstanceOf(ReplayAnswer.Piece.class);
    }

    @Test
    void whatIsHeldIsBoundedAndWhatWasLetGoIsNotServed() {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        ReplayAnswer.Piece first = (ReplayAnswer.Piece) answer(channel.ask(live, at(1, 7), () -> {}));
        for (int i = 1; i <= 12; i++) {
            answer(channel.ask(live, at(i * 3_500L, 7), () -> {}));
        }
        Await.until("the bound is kept", SOON, () -> telemetry.sum(Meter.REPLAY_HELD) <= 4 << 20);
        Await.until(
                "the first is let go",
                SOON,
                () -> first.log().start() == first.log().head());
        int before = past.reads.get();
        answer(channel.ask(live, at(1, 7), () -> {}));
        assertThat(past.reads.get()).isEqualTo(before + 1);
    }

    @Test
    void oneWhoWaitsForWhatDoesNotExistKeepsNobodyElseWaiting() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        ReplayRequest hopeless = channel.ask(live, at(10L * MEMORY_FROM, 7), () -> {});
        ReplayRequest other = channel.ask(live, at(1, 7), () -> {});
        assertThat(answer(other)).isInstanceOf(ReplayAnswer.Piece.class);
        assertThat(hopeless.answer()).isNull();
        hopeless.cancel();
    }

    @Test
    void readsNoFasterThanTheRateAllows() {
        AtomicLong nanos = new AtomicLong();
        ReplayLimits slow = new ReplayLimits(2, 1 << 20, 4 << 20, 1 << 20);
        try (Replays paced = Replays.of(slow, services.withClock(InstantSource.system(), nanos::get))) {
            Past past = new Past();
            ChannelReplay channel = paced.open("c", past, Encoding.json());
            answer(channel.ask(live, at(1, 7), () -> {}));
            ReplayRequest second = channel.ask(live, at(30_000, 7), () -> {});
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
            channel.ask(live, at(40_000, 7), () -> {}); // wakes the readers, which look at the time
            assertThat(second.answer()).isNull();
            assertThat(past.reads.get()).isEqualTo(1);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(answer(second)).isInstanceOf(ReplayAnswer.Piece.class);
        }
    }

    @Test
    void whatIsCancelledIsNotReadAndAnotherLifeOfTheStreamIsNotMixedIn() {
        Past past = new Past();
        past.reachable.set(false);
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        ReplayRequest cancelled = channel.ask(live, at(1, 7), () -> {});
        cancelled.cancel();
        cancelled.cancel();
        past.reachable.set(true);
        ReplayAnswer.Piece old = (ReplayAnswer.Piece) answer(channel.ask(live, at(1, 7), () -> {}));
        ReplayAnswer.Piece fresh = (ReplayAnswer.Piece) answer(channel.ask(log(), at(1, 7), () -> {}));
        assertThat(fresh.log()).isNotSameAs(old.log());
        assertThat(cancelled.answer()).isNull();
    }

    @Test
    void readersThatSomebodyInterruptedAreReplaced() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        answer(channel.ask(live, at(1, 7), () -> {}));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("laundry-bridge-replay"))
                .forEach(Thread::interrupt);
        Await.until(
                "no thread is left",
                SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("laundry-bridge-replay")));
        assertThat(answer(channel.ask(live, at(40_000, 7), () -> {}))).isInstanceOf(ReplayAnswer.Piece.class);
    }

    @Test
    void timesAreFoundByTheReadersOneAfterTheOtherAmongThePieces() {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        List<ReplayRequest> times = new ArrayList<>();
        List<ReplayRequest> pieces = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            times.add(channel.askFor(live, 1_000 + i, () -> {}));
            pieces.add(channel.ask(live, at(20_000 + i, 7), () -> {}));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(answer(times.get(i))).isEqualTo(new ReplayAnswer.Place(PositionVector.of(1_000 + i)));
            assertThat(answer(pieces.get(i))).isInstanceOf(ReplayAnswer.Piece.class);
        }
        assertThat(past.finders).allMatch(name -> name.startsWith("laundry-bridge-replay"));
        assertThat(telemetry.sum(Meter.REPLAY_TIMES)).isEqualTo(100);
        assertThat(answer(channel.askFor(live, 90_000, () -> {})))
                .as("nothing is stamped so late")
                .isEqualTo(new ReplayAnswer.Place(PositionVector.of(MEMORY_FROM)));
    }

    @Test
    void aTimeIsAskedForUntilTheSourceAnswersOrNobodyWaits() {
        Past past = new Past();
        past.reachable.set(false);
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        AtomicInteger told = new AtomicInteger();
        ReplayRequest cancelled = channel.askFor(live, 5, told::incrementAndGet);
        ReplayRequest waits = channel.askFor(live, 6, told::incrementAndGet);
        Await.until("a second try", SOON, () -> past.reads.get() >= 2);
        assertThat(waits.answer()).isNull();
        cancelled.cancel();
        past.reachable.set(true);
        assertThat(answer(waits)).isEqualTo(new ReplayAnswer.Place(PositionVector.of(6)));
        Await.until("it is told", SOON, () -> told.get() == 1);
        assertThat(cancelled.answer()).isNull();
    }

    private static ReplayAnswer answer(ReplayRequest request) {
        Await.until("an answer", SOON, () -> request.answer() != null);
        ReplayAnswer answer = request.answer();
        assertThat(answer).isNotNull();
        return answer == null ? new ReplayAnswer.Gone(ResetReason.ACCESS) : answer;
    }

    private static PositionVector at(long next, int epoch) {
        return PositionVector.of(new long[] {next}, new int[] {epoch});
    }

    private static ChannelLog log() {
        PositionVector start = PositionVector.of(MEMORY_FROM);
        return new ChannelLog(new StreamStart("life", PositionVector.ORIGIN, start), Retention.DEFAULT, 0);
    }

    /** A stream of one partition, all of leader epoch 7, with an event at every offset, stamped with that. */
    private static final class Past implements EventSource {
        private final AtomicInteger reads = new AtomicInteger();
        private final Set<String> finders = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean reachable = new AtomicBoolean(true);

        @Override
        public String name() {
            return "past";
        }

        @Override
        public SourceReader open(ReadRequest request, RecordHandler handler) {
            throw new IllegalStateException("nobody reads this live");
        }

        @Override
        public DeadLetters deadLetters() {
            return (record, reason) -> {};
        }

        @Override
        public HistoryReader history(HostServices services) {
            return new HistoryReader() {
                @Override
                public PositionVector read(
                        PositionVector from, PositionVector until, Duration longest, HistoryHandler handler)
                        throws HistoryException {
                    reach();
                    long next = from.next(0);
                    for (; next < until.next(0) && handler.wantsMore(); next++) {
                        handler.record(new SourceRecord(
                                "past", 0, next, 7, next, "k".getBytes(UTF_8), VALUE.getBytes(UTF_8), List.of()));
                    }
                    return at(next, 7);
                }

                @Override
                public PositionVector firstSince(long timestamp, PositionVector otherwise) throws HistoryException {
                    reach();
                    finders.add(Thread.currentThread().getName());
                    return timestamp < MEMORY_FROM ? PositionVector.of(timestamp) : otherwise;
                }

                @Override
                public void close() {
                    // holds nothing
                }
            };
        }

        private void reach() throws HistoryException {
            reads.incrementAndGet();
            if (!reachable.get()) {
                throw new HistoryException(HistoryException.Reason.UNAVAILABLE, "away", new IllegalStateException());
            }
        }

        private static final String VALUE = "\"" + "x".repeat(200) + "\"";
    }
}
