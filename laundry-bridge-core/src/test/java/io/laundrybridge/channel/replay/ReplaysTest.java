package io.laundrybridge.channel.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.limits.ReplayQuota;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.source.StreamStart;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplaysTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MEMORY_FROM = 50_000;

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final HostServices services = HostServices.standard().withTelemetry(telemetry);
    private static final ReplayLimits FAST =
            ReplayLimits.DEFAULT.withHeldBytes(4 << 20).withBytesPerSecond(1 << 30);

    private final Replays replays = Replays.of(FAST, services);
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
    void aFewReadsServeAllRequestsNearby() {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        AtomicInteger told = new AtomicInteger();
        List<ReplayRequest> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            requests.add(ask(channel, live, at(1_000 + 3L * i, 7), told::incrementAndGet));
        }
        Await.until("all answers", SOON, () -> requests.stream().allMatch(each -> each.answer() != null));
        assertThat(requests).allMatch(each -> each.answer() instanceof ReplayAnswer.Piece);
        assertThat(past.reads.get()).isBetween(1, 5);
        assertThat(telemetry.sum(Meter.REPLAY_SHARED)).isGreaterThan(290);
        assertThat(telemetry.times(Meter.REPLAY_DURATION))
                .isNotEmpty()
                .allSatisfy(time -> assertThat(time).isBetween(0L, SOON.toNanos()));
        assertThat(told.get()).isLessThanOrEqualTo(300);
    }

    @Test
    void pieceByPieceComesToMemoryWithoutHole() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        ReplayAccount session = new ReplayAccount();
        PositionVector place = at(10, 7);
        int pieces = 0;
        for (; place.next(0) < MEMORY_FROM; pieces++) {
            PositionVector from = place;
            ReplayAnswer.Piece piece =
                    (ReplayAnswer.Piece) answer(channel.ask(session, ReplayKind.RESUME, live, from, () -> {}));
            assertThat(piece.log().progress().next(0)).isGreaterThan(from.next(0));
            place = piece.log().progress();
        }
        assertThat(pieces).isBetween(3, 20);
    }

    @Test
    void nothingThatMemoryHasIsReadAgain() throws Exception {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        LogWriter memory = memory();
        SourceRecord first = record(MEMORY_FROM, "1");
        memory.append(Encoding.json().encoder("c").encode(first), first, 0);
        memory.progress(PositionVector.of(MEMORY_FROM + 10_000));
        ReplayAnswer.Piece piece = (ReplayAnswer.Piece) answer(ask(channel, memory.log(), at(49_000, 7), () -> {}));
        assertThat(piece.log().progress()).isEqualTo(at(MEMORY_FROM, 7));
        assertThat(past.highest.get()).isEqualTo(MEMORY_FROM - 1);
    }

    @Test
    void aCrowdAtManyPlacesReadsThePastOnce() {
        ReplayLimits little = FAST.withHeldBytes(2 << 20).withPieceBytes(128 << 10); // 14 MB are read
        try (Replays bounded = Replays.of(little, services)) {
            ChannelReplay channel = bounded.open("c", new Past(), Encoding.json());
            AtomicInteger live = new AtomicInteger();
            for (int i = 0; i < 100; i++) {
                comeBack(channel, new ReplayAccount(), at(1 + 490L * i, 7), live);
            }
            Await.until("all sessions are live", SOON, () -> live.get() == 100);
            assertThat(telemetry.sum(Meter.REPLAY_RECORDS))
                    .as("one turn of four is the oldest request's, wherever it stands")
                    .isBetween(MEMORY_FROM - 1L, 2L * MEMORY_FROM);
        }
    }

    /** Reads piece after piece until memory is reached, as a session does; each answer is read at once. */
    private void comeBack(ChannelReplay channel, ReplayAccount session, PositionVector place, AtomicInteger live) {
        if (place.next(0) >= MEMORY_FROM) {
            live.incrementAndGet();
            return;
        }
        ReplayRequest[] asked = new ReplayRequest[1];
        Runnable read = () -> goOn(channel, session, asked[0], live);
        synchronized (asked) {
            asked[0] = channel.ask(session, ReplayKind.RESUME, this.live, place, () -> {
                synchronized (asked) {
                    read.run();
                }
            });
        }
        if (asked[0].answer() != null && asked[0].since() == 0) {
            read.run(); // it was answered at once, and is not told
        }
    }

    private void goOn(ChannelReplay channel, ReplayAccount session, ReplayRequest asked, AtomicInteger live) {
        if (asked.answer() instanceof ReplayAnswer.Piece piece) {
            comeBack(channel, session, piece.log().progress(), live);
        }
    }

    @Test
    void aForgedLeaderEpochHurtsItsOwnerAlone() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        ReplayRequest honest = ask(channel, live, at(1_000, 7), () -> {});
        ReplayRequest forged = ask(channel, live, at(1_010, 3), () -> {});
        assertThat(answer(honest)).isInstanceOf(ReplayAnswer.Piece.class);
        assertThat(answer(forged)).isEqualTo(new ReplayAnswer.Gone(ResetReason.TRUNCATED));
    }

    /** Kafka's client would believe it, and wait for that leader in whatever it reads next. */
    @Test
    void aLeaderEpochThatThisNodeHasNotSeenReachesNoReader() {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        ReplayRequest forged = ask(channel, live, at(1_000, Integer.MAX_VALUE), () -> {});
        assertThat(answer(forged)).isEqualTo(new ReplayAnswer.Gone(ResetReason.TRUNCATED));
        assertThat(past.newestEpoch.get()).isEqualTo(PositionVector.NO_EPOCH);
    }

    @Test
    void aSourceThatCannotBeReachedIsTriedAgainWhileOthersGoOn() {
        Past away = new Past();
        away.reachable.set(false);
        ReplayRequest waits = ask(replays.open("away", away, Encoding.json()), live, at(1, 7), () -> {});
        ReplayRequest served = ask(replays.open("there", new Past(), Encoding.json()), live, at(1, 7), () -> {});
        assertThat(answer(served)).isInstanceOf(ReplayAnswer.Piece.class);
        Await.until("a second try", SOON, () -> away.reads.get() >= 2);
        assertThat(waits.answer()).isNull();
        away.reachable.set(true);
        assertThat(answer(waits)).isInstanceOf(ReplayAnswer.Piece.class);
    }

    @Test
    void heldPiecesAreBoundedAndDroppedOnesAreNotServed() {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        ReplayAnswer.Piece first = (ReplayAnswer.Piece) answer(ask(channel, live, at(1, 7), () -> {}));
        for (int i = 1; i <= 12; i++) {
            answer(ask(channel, live, at(i * 3_500L, 7), () -> {}));
        }
        Await.until("the bound is kept", SOON, () -> telemetry.sum(Meter.REPLAY_HELD) <= 4 << 20);
        Await.until(
                "the first is let go",
                SOON,
                () -> first.log().start() == first.log().head());
        int before = past.reads.get();
        answer(ask(channel, live, at(1, 7), () -> {}));
        assertThat(past.reads.get()).isEqualTo(before + 1);
    }

    @Test
    void aRequestForWhatDoesNotExistDelaysNoOther() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        ReplayRequest hopeless = ask(channel, live, at(10L * MEMORY_FROM, 7), () -> {});
        ReplayRequest other = ask(channel, live, at(1, 7), () -> {});
        assertThat(answer(other)).isInstanceOf(ReplayAnswer.Piece.class);
        assertThat(hopeless.answer()).isNull();
        hopeless.cancel();
    }

    @Test
    void readsNoFasterThanTheRateAllows() {
        AtomicLong nanos = new AtomicLong();
        ReplayLimits slow = FAST.withBytesPerSecond(1 << 20);
        try (Replays paced = Replays.of(slow, services.withClock(InstantSource.system(), nanos::get))) {
            Past past = new Past();
            ChannelReplay channel = paced.open("c", past, Encoding.json());
            answer(ask(channel, live, at(1, 7), () -> {}));
            ReplayRequest second = ask(channel, live, at(30_000, 7), () -> {});
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
            ask(channel, live, at(40_000, 7), () -> {}); // wakes the readers, which look at the time
            assertThat(second.answer()).isNull();
            assertThat(past.reads.get()).isEqualTo(1);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(answer(second)).isInstanceOf(ReplayAnswer.Piece.class);
        }
    }

    @Test
    void aCancelledRequestIsNotReadAndEpochsAreNotMixed() {
        Past past = new Past();
        past.reachable.set(false);
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        ReplayRequest cancelled = ask(channel, live, at(1, 7), () -> {});
        cancelled.cancel();
        cancelled.cancel();
        past.reachable.set(true);
        ReplayAnswer.Piece old = (ReplayAnswer.Piece) answer(ask(channel, live, at(1, 7), () -> {}));
        ReplayAnswer.Piece fresh = (ReplayAnswer.Piece) answer(ask(channel, log(), at(1, 7), () -> {}));
        assertThat(fresh.log()).isNotSameAs(old.log());
        assertThat(cancelled.answer()).isNull();
    }

    @Test
    void interruptedReadersAreReplaced() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        answer(ask(channel, live, at(1, 7), () -> {}));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("laundry-bridge-replay"))
                .forEach(Thread::interrupt);
        Await.until(
                "no thread is left",
                SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("laundry-bridge-replay")));
        assertThat(answer(ask(channel, live, at(40_000, 7), () -> {}))).isInstanceOf(ReplayAnswer.Piece.class);
    }

    @Test
    void timesAreFoundByTheReadersOneAfterTheOtherAmongThePieces() {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        List<ReplayRequest> times = new ArrayList<>();
        List<ReplayRequest> pieces = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            times.add(channel.askForTime(new ReplayAccount(), live, 1_000 + i, () -> {}));
            pieces.add(ask(channel, live, at(20_000 + i, 7), () -> {}));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(answer(times.get(i))).isEqualTo(new ReplayAnswer.Place(PositionVector.of(1_000 + i)));
            assertThat(answer(pieces.get(i))).isInstanceOf(ReplayAnswer.Piece.class);
        }
        assertThat(past.finders).allMatch(name -> name.startsWith("laundry-bridge-replay"));
        assertThat(telemetry.sum(Meter.REPLAY_TIMES)).isEqualTo(100);
        assertThat(answer(channel.askForTime(new ReplayAccount(), live, 90_000, () -> {})))
                .as("nothing is stamped so late")
                .isEqualTo(new ReplayAnswer.Place(PositionVector.of(MEMORY_FROM)));
    }

    @Test
    void aTimeIsRequestedUntilTheSourceAnswersOrNoSessionWaits() {
        Past past = new Past();
        past.reachable.set(false);
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        AtomicInteger told = new AtomicInteger();
        ReplayRequest cancelled = channel.askForTime(new ReplayAccount(), live, 5, told::incrementAndGet);
        ReplayRequest waits = channel.askForTime(new ReplayAccount(), live, 6, told::incrementAndGet);
        Await.until("a second try", SOON, () -> past.reads.get() >= 2);
        assertThat(waits.answer()).isNull();
        cancelled.cancel();
        past.reachable.set(true);
        assertThat(answer(waits)).isEqualTo(new ReplayAnswer.Place(PositionVector.of(6)));
        Await.until("it is told", SOON, () -> told.get() == 1);
        assertThat(cancelled.answer()).isNull();
    }

    @Test
    void sessionsThatResumeGoFirstAndOneTurnOfFourIsTheOldestRequests() throws Exception {
        Past past = new Past();
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        past.opens = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        ask(channel, live, at(45_000, 7), () -> order.add("first"));
        Await.until("the first is being read", SOON, () -> past.reads.get() == 1);
        channel.ask(new ReplayAccount(), ReplayKind.START, live, at(1, 7), () -> order.add("oldest start"));
        channel.ask(new ReplayAccount(), ReplayKind.START, live, at(33_000, 7), () -> order.add("start"));
        ask(channel, live, at(12_000, 7), () -> order.add("far resume"));
        ask(channel, live, at(49_500, 7), () -> order.add("near resume"));
        past.opens.countDown();
        Await.until("all answers", SOON, () -> order.size() == 5);
        assertThat(order).containsExactly("first", "near resume", "far resume", "oldest start", "start");
    }

    @Test
    void whatManyWaitForCountsOnceForAllOfThem() {
        AtomicLong nanos = new AtomicLong();
        ReplayLimits slow = FAST.withBytesPerSecond(1 << 20).withReaders(1);
        try (Replays paced = Replays.of(slow, services.withClock(InstantSource.system(), nanos::get))) {
            Past past = new Past();
            past.opens = new CountDownLatch(1);
            ChannelReplay channel = paced.open("c", past, Encoding.json());
            ReplayRequest first = ask(channel, live, at(1, 7), () -> {});
            Await.until("the first is being read", SOON, () -> past.reads.get() == 1);
            List<ReplayRequest> crowd = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                crowd.add(ask(channel, live, at(30_000 + i, 7), () -> {}));
            }
            past.opens.countDown();
            answer(first); // its piece has been counted
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(200)); // a piece takes 1.4 s at that rate
            ask(channel, live, at(45_000, 7), () -> {}); // wakes the readers, which look at the time
            crowd.forEach(each -> assertThat(answer(each)).isInstanceOf(ReplayAnswer.Piece.class));
        }
    }

    /** However often it asks anew: the minute is the session's, not the subscription's. */
    @Test
    void aSessionOverItsBudgetWaitsForTheNextMinuteAndNoOtherDoes() {
        AtomicLong nanos = new AtomicLong();
        ReplayLimits limits = FAST.withReaders(1)
                .withBytesPerSecond(1L << 40)
                .withPerSession(ReplayQuota.DEFAULT.withRecords(5_000).withBytes(1 << 30));
        try (Replays bounded =
                Replays.of(limits, services.withClock(InstantSource.system(), () -> nanos.addAndGet(1_000)))) {
            ChannelReplay channel = bounded.open("c", new Past(), Encoding.json());
            ReplayAccount greedy = new ReplayAccount();
            for (int i = 0; i < 2; i++) {
                answer(channel.ask(greedy, ReplayKind.RESUME, live, at(20_000L * i + 1, 7), () -> {}));
            }
            ReplayRequest waits = channel.ask(greedy, ReplayKind.RESUME, live, at(1, 7), () -> {});
            answer(ask(channel, live, at(40_000, 7), () -> {}));
            assertThat(waits.answer()).isNull();
            assertThat(telemetry.sum(Meter.REPLAY_DELAYED)).isEqualTo(1);
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
            ask(channel, live, at(12_000, 7), () -> {}); // wakes the readers, which look at the time
            assertThat(answer(waits)).isInstanceOf(ReplayAnswer.Piece.class);
        }
    }

    @Test
    void bytesThatNoSessionGetsCountAsRead() {
        Past past = new Past();
        past.value = "x".repeat(2_000); // no JSON
        ChannelReplay channel = replays.open("c", past, Encoding.json());
        ReplayAnswer.Piece piece = (ReplayAnswer.Piece) answer(ask(channel, live, at(1, 7), () -> {}));
        assertThat(piece.log().head()).as("a piece ends where so much was read").isLessThan(600);
        assertThat(piece.unseen()).isGreaterThan(1_000_000);
        assertThat(telemetry.sum(Meter.REPLAY_BYTES)).isEqualTo(piece.unseen());
    }

    @Test
    void aPlaceIsLookedUpOnceForAllAndABeginningAgainAfterASecond() {
        AtomicLong nanos = new AtomicLong();
        ReplayLimits limits = FAST.withReaders(1)
                .withPerSession(ReplayQuota.DEFAULT
                        .withRecords(5_000)
                        .withBytes(1 << 30)
                        .withLookups(1));
        try (Replays bounded = Replays.of(limits, services.withClock(InstantSource.system(), nanos::get))) {
            Past past = new Past();
            ChannelReplay channel = bounded.open("c", past, Encoding.json());
            ReplayAccount asked = new ReplayAccount();
            for (int i = 0; i < 20; i++) {
                answer(channel.askForBeginning(i == 0 ? asked : new ReplayAccount(), live, 1, () -> {}));
            }
            assertThat(past.reads.get()).isEqualTo(1);
            ReplayRequest oneMore = channel.askForTime(asked, live, 5, () -> {});
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            answer(channel.askForBeginning(new ReplayAccount(), live, 1, () -> {}));
            assertThat(past.reads.get()).isEqualTo(2);
            assertThat(oneMore.answer())
                    .as("it has had its look-ups of this minute")
                    .isNull();
            oneMore.cancel();
        }
    }

    /** Records are large, so a piece ends long before the first place that is near. */
    @Test
    void newRequestsForEarlierPlacesDelayNoEarlierRequest() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        AtomicInteger lower = new AtomicInteger(9_000);
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (goesOn.get()) {
                ask(channel, live, at(lower.addAndGet(-10), 7), again[0]);
            }
        };
        ask(channel, live, at(9_000, 7), again[0]);
        ReplayRequest honest = ask(channel, live, at(18_000, 7), () -> {});
        assertThat(answer(honest)).isInstanceOf(ReplayAnswer.Piece.class);
        goesOn.set(false);
    }

    @Test
    void ofAFormerLifeNothingIsKept() {
        ChannelReplay channel = replays.open("c", new Past(), Encoding.json());
        WeakReference<ChannelLog> former = new WeakReference<>(log());
        answer(ask(channel, Objects.requireNonNull(former.get()), at(1, 7), () -> {}));
        Await.until("the log is let go though its piece is kept", SOON, () -> {
            System.gc();
            return former.get() == null;
        });
        Await.until("the piece is held", SOON, () -> telemetry.sum(Meter.REPLAY_HELD) > 0);
        channel.startOver();
        assertThat(telemetry.sum(Meter.REPLAY_HELD)).isZero();
    }

    private static ReplayAnswer answer(ReplayRequest request) {
        Await.until("an answer", SOON, () -> request.answer() != null);
        ReplayAnswer answer = request.answer();
        assertThat(answer).isNotNull();
        return answer == null ? new ReplayAnswer.Gone(ResetReason.ACCESS) : answer;
    }

    private static ReplayRequest ask(ChannelReplay channel, ChannelLog log, PositionVector from, Runnable answered) {
        return channel.ask(new ReplayAccount(), ReplayKind.RESUME, log, from, answered);
    }

    private static PositionVector at(long next, int epoch) {
        return PositionVector.of(new long[] {next}, new int[] {epoch});
    }

    private static SourceRecord record(long offset, String value) {
        return new SourceRecord("past", 0, offset, 7, offset, "k".getBytes(UTF_8), value.getBytes(UTF_8), List.of());
    }

    private static ChannelLog log() {
        return memory().log();
    }

    private static LogWriter memory() {
        PositionVector start = PositionVector.of(MEMORY_FROM);
        return new LogWriter(new StreamStart("life", PositionVector.ORIGIN, start), Retention.DEFAULT, 0);
    }

    /** A stream of one partition, all of leader epoch 7, with an event at every offset, stamped with that. */
    private static final class Past implements EventSource {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicLong highest = new AtomicLong();
        private final AtomicInteger newestEpoch = new AtomicInteger(PositionVector.NO_EPOCH);
        private final Set<String> finders = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean reachable = new AtomicBoolean(true);
        private volatile CountDownLatch opens = new CountDownLatch(0);
        private volatile String value = "\"" + "x".repeat(200) + "\"";

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
                        throws HistoryException, InterruptedException {
                    reach();
                    opens.await();
                    newestEpoch.accumulateAndGet(from.epoch(0), Math::max);
                    long next = from.next(0);
                    for (; next < until.next(0) && handler.wantsMore(); next++) {
                        handler.record(ReplaysTest.record(next, value));
                    }
                    highest.accumulateAndGet(next - 1, Math::max);
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
    }
}
