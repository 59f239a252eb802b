package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.session.await.Awaits;
import io.laundrybridge.session.await.ChannelAwaits;
import io.laundrybridge.session.dialect.ChannelSubscription;
import io.laundrybridge.session.dialect.Playback;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.feed.SnapshotTurns;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.frame.FramedRun;
import io.laundrybridge.session.frame.SharedFrames;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A full session's subscription to one channel: sends what its feed reads, with the lines that belong between these
 * events. Confined to the session's worker.
 */
final class Subscription implements FeedListener {
    /** So many events cost more to copy than one more write. */
    private static final int MANY = 64;

    private final Session session;
    private final ChannelSubscription reading;
    private final Feed feed;
    private final ChannelLines lines;
    private final EventCopier events;
    private final LiveMark live;
    private final ChannelAwaits awaits;
    private final Playback playback;
    private Delivery delivery;
    private boolean hidden;

    /** Makes the subscription that {@code asked} asks for, with its start. It makes no calls before {@link #begin}. */
    Subscription(Session session, PendingSubscription asked, StartPlace start, SnapshotTurns turns, Awaits awaits) {
        this(
                session,
                asked.search(),
                asked.inView(),
                Delivery.of(asked.request(), asked.search().channel().policy()),
                start,
                turns,
                awaits);
    }

    private Subscription(
            Session session,
            PendingStart search,
            VisibleKeys inView,
            Delivery delivery,
            StartPlace start,
            SnapshotTurns turns,
            Awaits awaits) {
        Channel channel = search.channel();
        this.session = session;
        this.reading = new ChannelSubscription(session, search, start, inView, turns, this);
        this.feed = reading.feed();
        this.lines = new ChannelLines(channel, feed.home(), session.reading().places(), search.owner());
        this.events =
                new EventCopier(channel.name(), feed, lines, session.reading().steps());
        this.live = new LiveMark(feed.home());
        this.awaits = new ChannelAwaits(awaits, feed, channel.name());
        this.delivery = delivery;
        this.playback = new Playback(session.reading(), session.context().paced(), feed, search.route(), this, lines);
    }

    /** Returns a subscription to another variant of the channel, of the same delivery and view; it has not begun. */
    Subscription on(PendingStart search, StartPlace start, SnapshotTurns turns, Awaits waiting) {
        VisibleKeys inView =
                feed.inView().of(search.channel(), session.reading().steps());
        return new Subscription(session, search, inView, delivery, start, turns, waiting);
    }

    ReadChannel reading() {
        return reading.reading();
    }

    /**
     * Answers and begins to read; {@linkplain #hide hides} if the page is hidden.
     *
     * @param ids the requests to be answered
     * @param start holds a log, and is not kept
     */
    void begin(List<Long> ids, StartPlace start, boolean onHiddenPage) {
        reading.every(delivery.every());
        ids.forEach(id -> lines.subscribed(id, start.at(), start.recovered()));
        if (start.reset() != null) {
            lines.reset(start.reset(), feed.home(), start.at());
        }
        start.gaps().forEach(this::gap);
        playback.gather(delivery.flush(), delivery.every());
        playback.begin(visible());
        reading.begin(start);
        if (start.behind()) {
            settle();
        }
        if (onHiddenPage) {
            hide();
        } else {
            gather();
        }
    }

    Channel channel() {
        return reading.channel();
    }

    Selection selection() {
        return feed.selection();
    }

    PlaceOwner owner() {
        return lines.owner();
    }

    /** Goes on under another grant, as {@code owner}: the client drops what it has. */
    void regrant(Selection selection, PlaceOwner owner) {
        lines.become(owner);
        feed.regrant(selection);
    }

    /** Returns the events that the session may see, whatever it selects. */
    private Selection visible() {
        return Selection.ALL.within(selection().grant(), channel());
    }

    /**
     * Answers {@code ids}, and changes the selection, its rate, and how the past is played up to {@code end}. The place
     * stays. State is sent again, but not while the past is played.
     */
    void select(List<Long> ids, ClientLine.Subscribe request, Selection selection, @Nullable PositionVector end) {
        boolean played = playback.isOn();
        playback.change(request.travel().pace(), end);
        feed.select(selection);
        playback.show(visible());
        delivery = Delivery.of(request, channel().policy());
        reading.every(delivery.every());
        playback.gather(delivery.flush(), delivery.every());
        live.set(feed.home());
        ids.forEach(id -> lines.subscribed(id, playback.place(), true));
        if (!played) {
            feed.wantSnapshot();
        }
        if (hidden) {
            feed.pause();
        } else {
            gather();
        }
    }

    /**
     * Pauses the subscription until {@link #show}. It sends nothing but answers, keeps its place, and no event wakes
     * it.
     */
    void hide() {
        hidden = true;
        feed.pause();
        if (!live.isPassed()) {
            settle();
        }
        reading.rest();
    }

    /**
     * Resumes the subscription and sends what was missed: everything, or the newest event of each key if that is
     * enough.
     */
    void show(boolean latest) {
        hidden = false;
        if (playback.isOn()) {
            playback.goOn();
        } else {
            live.set(feed.home());
            feed.resume(latest || channel().policy().keepsState());
        }
        gather();
    }

    private void gather() {
        if (playback.isPaced()) {
            reading.rest();
        } else {
            reading.gather(delivery.flush());
        }
    }

    /** Sends these keys only. */
    void view(KeyView shown) {
        feed.view(shown);
    }

    /**
     * Updates this to the channel's present state.
     *
     * @return false if the session must be closed, because it fell behind
     */
    boolean refresh() {
        if (hidden || !playback.mayRead()) {
            return true;
        }
        reading.attend(awaits.isWaiting());
        if (!feed.refresh()) {
            return false;
        }
        lines.status(channel().state());
        if (playback.isOn() && playback.hold()) {
            live.set(feed.home());
            gather();
        }
        if (!playback.isPaced()) {
            reading.hold(live.isPassed());
            reading.keepPace();
        }
        return true;
    }

    /** Returns what the next turn would find. */
    Outlook outlook() {
        if (!hidden && !live.isPassed() && feed.hasWork()) {
            return Outlook.CATCHING_UP;
        }
        if (hasWork()) {
            return Outlook.MORE;
        }
        return feed.inView().due() ? Outlook.UNSURE : Outlook.IDLE;
    }

    boolean hasWork() {
        return !lines.isEmpty() || (!hidden && (feed.hasWork() || isCaughtUp() || awaits.isDue()));
    }

    /** Returns what is ready to be sent unchanged, without copying; null if anything else comes first. */
    @Nullable Frame slice(int maxBytes) {
        if (hidden
                || lines.hidesOffsets()
                || !lines.isEmpty()
                || awaits.isDue()
                || !feed.hasWork()
                || !feed.reader().takesAll()) {
            return null;
        }
        SharedFrames frames =
                compresses() ? session.bench().compressed() : session.bench().shared();
        FramedRun packed = frames.next(channel().name(), feed.reader(), maxBytes);
        if (packed == null) {
            return null;
        }
        events.sent(packed.end() - packed.run().first());
        feed.advance(packed.run(), packed.end());
        liveOnceCaughtUp();
        return packed.frame();
    }

    /** Returns whether frames are compressed. Those of a paced one are not: shared, they may go beyond what is due. */
    boolean compresses() {
        return delivery.compress() && !playback.isPaced();
    }

    /**
     * Adds up to {@code budget} bytes of lines to {@code frame}; false if the frame has no room for the first of them.
     *
     * @param only whether no other subscription adds lines
     */
    boolean fill(FrameBuffer frame, int budget, boolean only) {
        int before = frame.room();
        int until = before - Math.min(before, budget);
        lines.moveTo(frame);
        boolean fits = lines.isEmpty();
        if (!hidden) {
            answerAwaits(frame);
            boolean alone = !frame.isEmpty() && goesOnAlone(only);
            long copied = events.count();
            fits &= !alone && events.copy(frame, until + lines.bookmarkRoom(frame));
            liveOnceCaughtUp();
            lines.moveTo(frame);
            answerAwaits(frame);
            if (lines.hidesOffsets() && feed.inStream()) {
                lines.endFrame(frame, events.count() > copied, feed.position());
            }
        }
        return fits || frame.room() < before;
    }

    /** Returns whether events follow that are better not copied behind other lines, but sent unchanged after them. */
    private boolean goesOnAlone(boolean only) {
        return (compresses() || (only && feed.reader().lag() >= MANY))
                && feed.hasWork()
                && feed.reader().takesAll()
                && !lines.hidesOffsets();
    }

    /** Answers between events, so that each answer comes behind everything up to its place. */
    private void answerAwaits(FrameBuffer frame) {
        if (lines.isEmpty()) {
            awaits.answer(frame, lines::reachedLine);
        }
    }

    private void liveOnceCaughtUp() {
        if (isCaughtUp()) {
            live.pass();
            lines.live();
        }
    }

    private boolean isCaughtUp() {
        return live.isReached(feed) && playback.allowsLive();
    }

    /** Drops snapshots that the client has not read for too long. */
    void expire(long now) {
        feed.expire(now);
    }

    /** Notes the client's possible place, if it has not been sent yet. */
    void bookmark() {
        if (hidden || !live.isPassed() || !feed.inLog()) {
            return;
        }
        lines.bookmarkIfNew(feed.position());
    }

    /**
     * Makes the client's place count before any event has come. A client takes no place from {@code subscribed} alone,
     * because a snapshot might follow. Without this, a client that disconnects now would start over and lose events.
     */
    private void settle() {
        if (!feed.imageDue() && !feed.asValues()) {
            lines.bookmark(feed.position());
        }
    }

    /**
     * Ends the subscription.
     *
     * @return the answers to requests that have not been sent
     */
    List<byte[]> close() {
        reading.close();
        playback.end();
        return lines.end();
    }

    @Override
    public void gap(Gap gap) {
        lines.gap(gap);
    }

    @Override
    public void reset(ResetReason reason, PositionVector at) {
        live.set(feed.home());
        awaits.startedOver(reason);
        lines.reset(reason, feed.home(), at);
        if (playback.isOn()) {
            playback.end();
            if (!hidden) {
                gather();
            }
        }
    }

    @Override
    public void snapshotBegins() {
        events.countAnew();
        lines.snapshotBegins();
    }

    @Override
    public void snapshotEnded(PositionVector at) {
        lines.snapshotEnds(at, events.count());
    }

    @Override
    public void valuesEnded() {
        lines.bookmark(feed.position());
    }
}
