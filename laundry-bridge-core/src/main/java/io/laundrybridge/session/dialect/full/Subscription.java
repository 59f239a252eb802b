package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.encode.EventLayout;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.frame.FramedRun;
import io.laundrybridge.session.frame.SharedFrames;
import io.laundrybridge.session.reader.ConflationPace;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.wake.FlushGroup;
import io.laundrybridge.session.wake.Interest;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A full session's subscription to one channel: it sends what its feed reads, and keeps the control lines in order.
 * Confined to the session's worker.
 */
final class Subscription implements FeedListener {
    private static final long TOLD = -1;

    private final Session session;
    private final Channel channel;
    private final Interest interest;
    private final Feed feed;
    private final Deque<byte[]> control = new ArrayDeque<>();
    /** Contains the answers to requests, and perhaps some that were sent. */
    private final List<byte[]> answers = new ArrayList<>();

    private ConflationPace pace;
    private boolean compress;
    private Duration flush;
    private @Nullable FlushGroup gathering;
    private boolean hidden;
    private long liveAt;
    private long rows;
    private @Nullable Instant toldStale;
    private String toldReason = "";
    private PositionVector toldPosition = PositionVector.ORIGIN;

    Subscription(Session session, PendingSubscription asked, StartPlace start, SessionSnapshots snapshots) {
        ClientLine.Subscribe request = asked.request();
        this.session = session;
        this.channel = asked.search().channel();
        this.pace = pace(request);
        this.compress = compress(request);
        this.flush = flush(request);
        this.liveAt = start.cursor().log().head();
        String epoch = start.cursor().log().epoch();
        asked.ids().forEach(id -> answer(id, position(epoch, start.at()), start.recovered()));
        if (start.reset() != null) {
            control.add(ServerLine.reset(channel.name(), start.reset(), position(epoch, start.at())));
        }
        start.gaps().forEach(this::gap);
        this.interest =
                session.bench().readers(channel).add(session, asked.search().selection());
        try {
            this.feed = new Feed(channel, start, session, interest, asked.inView(), snapshots.of(channel), this);
            feed.begin(start);
        } catch (Throwable e) {
            interest.close(); // otherwise it would stay in the worker's index for ever
            throw e;
        }
        if (start.behind()) {
            settle();
        }
    }

    Channel channel() {
        return channel;
    }

    Interest interest() {
        return interest;
    }

    /** New events wait for the ticks of {@code group}; with null they do not wait. */
    void gather(@Nullable FlushGroup group) {
        gathering = group;
    }

    /** Changes the selection and its rate; the place stays, but state is sent again. */
    void select(ClientLine.Subscribe request, Selection selection) {
        feed.select(selection);
        pace = pace(request);
        compress = compress(request);
        flush = flush(request);
        liveAt = feed.home().head();
        answer(request.id(), position(feed.position()), true);
        feed.wantSnapshot();
        if (hidden) {
            feed.pause();
        }
    }

    /** Returns how long new events are gathered. */
    Duration flush() {
        return flush;
    }

    /** Sends only answers until it is shown again, and keeps its place. */
    void hide() {
        hidden = true;
        feed.pause();
        if (liveAt != TOLD) {
            settle();
        }
    }

    /** Sends what was missed: all of it, or the newest event of each key if that is enough. */
    void show(boolean latest) {
        hidden = false;
        liveAt = feed.home().head();
        feed.resume(latest || channel.policy().keepsState());
    }

    /** Sends these keys only. */
    void view(KeyView shown) {
        feed.view(shown);
    }

    /** Updates this to the channel's present state. False if the session must be closed, because it fell behind. */
    boolean refresh() {
        if (hidden) {
            return true;
        }
        if (!feed.refresh()) {
            return false;
        }
        ChannelState state = channel.state();
        if (!Objects.equals(state.staleSince(), toldStale) || !state.reason().equals(toldReason)) {
            tellStatus(state);
        }
        if (feed.inLog()) {
            hold(feed.reader());
            session.wakeIn(
                    pace.apply(feed.reader(), session.context().services().nanoTime()));
        }
        return true;
    }

    /** Returns what the next turn would find. */
    Outlook outlook() {
        if (!hidden && liveAt != TOLD && feed.hasWork()) {
            return Outlook.CATCHING_UP; // has not caught up with new events yet
        }
        if (hasWork()) {
            return Outlook.MORE;
        }
        return feed.valuesDue() ? Outlook.UNSURE : Outlook.IDLE;
    }

    boolean hasWork() {
        return !control.isEmpty() || (!hidden && (feed.hasWork() || liveIsDue()));
    }

    /** Returns what can be sent as it is, without copying; null if anything else comes first. */
    @Nullable Frame slice(int maxBytes) {
        if (hidden || !control.isEmpty() || !feed.hasWork() || !feed.reader().takesAll()) {
            return null;
        }
        SharedFrames frames =
                compress ? session.bench().compressed() : session.bench().shared();
        FramedRun packed = frames.next(channel.name(), feed.reader(), maxBytes);
        if (packed == null) {
            return null;
        }
        rows += packed.end() - packed.run().first();
        feed.advance(packed.run(), packed.end());
        liveOnceCaughtUp();
        return packed.frame();
    }

    boolean compresses() {
        return compress;
    }

    /**
     * Adds up to {@code budget} bytes of lines to {@code frame}; false if the frame has no room for the first of them.
     */
    boolean fill(FrameBuffer frame, int budget) {
        int before = frame.room();
        int until = before - Math.min(before, budget);
        frame.addAll(control);
        boolean fits = control.isEmpty();
        if (!hidden) {
            boolean alone = compress
                    && !frame.isEmpty()
                    && feed.hasWork()
                    && feed.reader().takesAll();
            fits &= !alone && read(frame, until);
            liveOnceCaughtUp();
            frame.addAll(control);
        }
        return fits || frame.room() < before;
    }

    /**
     * Adds events until only {@code until} bytes of room are left; false if one did not fit, or its turn has not come
     * yet.
     */
    private boolean read(FrameBuffer frame, int until) {
        TurnBudget steps = session.bench().steps();
        if (steps.left() == 0) {
            return !feed.hasWork();
        }
        while (steps.left() > 0 && frame.room() > until && control.isEmpty()) {
            Run run = feed.read(Math.max(1, frame.room() - until), steps.left());
            if (run.isEmpty()) {
                break;
            }
            long end = add(run, frame, steps);
            feed.advance(run, end);
            if (end < run.end()) {
                return steps.left() == 0;
            }
        }
        return true;
    }

    /** Drops snapshots that the client has not read for too long. */
    void expire(long now) {
        feed.expire(now);
    }

    /** Notes the client's possible place, if it has not been sent yet. */
    void bookmark() {
        if (hidden || liveAt != TOLD || !feed.inLog()) {
            return;
        }
        PositionVector now = feed.position();
        if (!now.equals(toldPosition)) {
            control.add(ServerLine.bookmark(channel.name(), position(now)));
        }
    }

    /**
     * Makes the client's place count before any event has come. A client takes no place from {@code subscribed} alone,
     * because a snapshot might follow. Without this, a client that disconnects now would start over and lose events.
     */
    private void settle() {
        if (!feed.imageDue()) {
            control.add(ServerLine.bookmark(channel.name(), position(feed.position())));
        }
    }

    /** Returns the answers to requests that have not been sent. */
    List<byte[]> unsentAnswers() {
        answers.retainAll(control);
        return answers;
    }

    void close() {
        feed.close();
    }

    @Override
    public void gap(Gap gap) {
        control.add(ServerLine.gap(channel.name(), gap));
    }

    @Override
    public void reset(ResetReason reason, PositionVector at) {
        liveAt = feed.home().head();
        control.add(ServerLine.reset(channel.name(), reason, position(at)));
    }

    @Override
    public void snapshotBegins() {
        rows = 0;
        control.add(ServerLine.snapshotBegin(channel.name()));
    }

    @Override
    public void valuesEnded() {
        control.add(ServerLine.bookmark(channel.name(), position(feed.position())));
    }

    @Override
    public void snapshotEnded(PositionVector at) {
        control.add(ServerLine.snapshotEnd(channel.name(), position(at), rows));
    }

    private long add(Run run, FrameBuffer frame, TurnBudget steps) {
        for (long at = run.first(); at < run.end(); at++) {
            boolean wanted = steps.take() && feed.reader().wants(run, at, steps);
            if (!wanted && steps.left() == 0) {
                return at; // perhaps undecided
            }
            if (wanted) {
                LogEntry entry = run.entry(at);
                int length = feed.reader().leaves(entry) ? entry.leftLength() : entry.length();
                if (!frame.takes(length)) {
                    return at;
                }
                add(run, entry, frame);
                rows++;
            }
        }
        return run.end();
    }

    private void add(Run run, LogEntry entry, FrameBuffer frame) {
        if (feed.reader().leaves(entry)) {
            add(run.left(entry), frame);
            return;
        }
        if (feed.inValues()) {
            frame.add(run.withoutPlace(channel.name(), entry));
            return;
        }
        Gap gap = entry.gap();
        Gap clipped = gap == null ? null : feed.reader().clipped(gap);
        if (clipped != null && !clipped.equals(gap)) {
            frame.add(ServerLine.gap(channel.name(), clipped));
        } else {
            frame.add(run.bytes(), entry.from(), entry.to());
        }
    }

    /** Events of the past do not wait for a tick. */
    private void hold(LogReader reader) {
        if (gathering != null && liveAt == TOLD) {
            gathering.hold(reader);
        } else {
            reader.upTo(Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    private void add(byte[] left, FrameBuffer frame) {
        frame.add(feed.inValues() ? EventLayout.withoutPlace(channel.name(), left, 0, left.length) : left);
    }

    private void answer(long id, Position at, boolean recovered) {
        if (control.isEmpty()) {
            answers.clear();
        }
        byte[] answer = ServerLine.subscribed(id, channel.name(), at, recovered);
        answers.add(answer);
        control.add(answer);
    }

    private boolean liveIsDue() {
        return liveAt != TOLD && feed.inLog() && feed.reader().reached(liveAt);
    }

    private void liveOnceCaughtUp() {
        if (liveIsDue()) {
            liveAt = TOLD;
            control.add(ServerLine.live(channel.name()));
        }
    }

    private void tellStatus(ChannelState state) {
        toldStale = state.staleSince();
        toldReason = state.reason();
        control.add(
                toldStale == null
                        ? ServerLine.fresh(channel.name())
                        : ServerLine.stale(channel.name(), toldStale, toldReason));
    }

    private ConflationPace pace(ClientLine.Subscribe request) {
        return new ConflationPace(
                request.every(),
                channel.policy().fallBehind() == FallBehind.CONFLATE,
                session.context().nanoTime());
    }

    private Duration flush(ClientLine.Subscribe request) {
        Duration least = channel.policy().flush();
        return request.flush().compareTo(least) > 0 ? request.flush() : least;
    }

    private boolean compress(ClientLine.Subscribe request) {
        return request.compress() && channel.policy().compress();
    }

    private Position position(PositionVector vector) {
        return position(feed.home().epoch(), vector);
    }

    private Position position(String epoch, PositionVector vector) {
        toldPosition = vector;
        return new Position(epoch, channel.services().clock().instant(), vector);
    }
}
