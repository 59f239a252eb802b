package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.feed.FeedListener;
import io.laundrybridge.session.feed.SnapshotTurns;
import io.laundrybridge.session.feed.VisibleKeys;
import io.laundrybridge.session.frame.PlainFrames;
import io.laundrybridge.session.reader.ConflationPace;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.start.PendingStart;
import io.laundrybridge.session.start.StartPlace;
import io.laundrybridge.session.wake.Interest;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The plain dialect: one record value a text frame, nothing else. What it cannot say closes the socket. Confined to the
 * session's worker.
 */
final class PlainConversation implements Conversation, FeedListener {
    private final PlainDialect dialect;
    private final Session session;
    private final EndpointContext context;
    private final PlainRequest request;
    private final Runnable subscribed;
    private @Nullable Channel channel;
    private @Nullable PendingStart search;
    private @Nullable Interest interest;
    private @Nullable Feed feed;
    private ConflationPace pace = new ConflationPace(Duration.ZERO, false, 0);
    private boolean more;
    private final long openedAt;
    private long bytes;
    private long quietSince;
    private long pingedAt;
    private boolean pingUnanswered;
    private boolean pingDue;

    /** A conversation that calls {@code subscribed} once its channel is granted. */
    PlainConversation(PlainDialect dialect, Session session, PlainRequest request, Runnable subscribed) {
        this.dialect = dialect;
        this.session = session;
        this.context = session.context();
        this.request = request;
        this.subscribed = subscribed;
        this.openedAt = context.nanoTime();
    }

    @Override
    public void opened() {
        quietSince = context.nanoTime();
        pingedAt = quietSince;
        try {
            Channel found = request.channel(context.channels());
            search = request.search(found, session);
            pace = new ConflationPace(
                    request.every(), found.policy().fallBehind() == FallBehind.CONFLATE, context.nanoTime());
            take(request.bytes());
            channel = found;
            interest = session.bench().readers(found).add(session, search.selection());
            context.services().telemetry().add(Meter.SUBSCRIPTIONS, found.name(), 1);
            subscribed.run();
            begin(search, found, interest);
        } catch (PlainRefusal refusal) {
            session.close(refusal.code(), String.valueOf(refusal.getMessage()));
        }
    }

    private void take(long memory) throws PlainRefusal {
        try {
            context.subscriptions().change(0, memory);
            bytes = memory;
        } catch (RefusedLineException e) {
            throw new PlainRefusal(CloseCode.FULL, String.valueOf(e.getMessage()));
        }
    }

    /** Begins to read, once the place is known. */
    private void begin(PendingStart looking, Channel found, Interest wanted) {
        try {
            StartPlace start = PlainRequest.start(looking);
            if (start != null) {
                looking.close();
                search = null;
                feed = feed(found, start, wanted);
                feed.begin(start);
            }
        } catch (PlainRefusal refusal) {
            session.close(refusal.code(), String.valueOf(refusal.getMessage()));
        }
    }

    private Feed feed(Channel found, StartPlace start, Interest wanted) {
        SnapshotTurns turns = new SnapshotTurns(context.limits().snapshots());
        return new Feed(
                found,
                start,
                session,
                wanted,
                new VisibleKeys(found, session.bench().steps()),
                turns,
                this);
    }

    @Override
    public void line(ClientLine line) {
        session.close(
                CloseCode.NOT_THE_PROTOCOL,
                "plain clients send nothing; ask for subprotocol " + dialect.forRequests() + " to talk");
    }

    @Override
    public void pong() {
        pingUnanswered = false;
    }

    @Override
    public @Nullable Frame next() {
        more = false;
        if (search != null && channel != null && interest != null) {
            begin(search, channel, interest);
            session.lookAgain();
            more = looks();
        }
        Feed source = feed;
        if (source != null && holds(source)) {
            Frame event = event(source);
            if (event != null) {
                quietSince = context.nanoTime();
                return event;
            }
        }
        return takePing();
    }

    @Override
    public Outlook outlook() {
        if (looks()) {
            return Outlook.CATCHING_UP;
        }
        return more ? Outlook.MORE : Outlook.UNSURE;
    }

    /** Whether the place to begin at is looked for in memory, which goes on in the next turn. */
    private boolean looks() {
        return search != null && search.looks();
    }

    @Override
    public void tick(long now) {
        if (feed != null) {
            feed.expire(now);
        }
        if (feed == null && now - openedAt >= context.limits().firstSubscribe().toNanos()) {
            session.close(CloseCode.POLICY, "the place to begin at was not found in time; come back");
        } else if (pingUnanswered
                && now - pingedAt >= context.limits().beats().timeout().toNanos()) {
            context.services().telemetry().add(Meter.BEATS_LOST, "", 1);
            session.close(CloseCode.BEATS_LOST, "pings were not answered");
        } else if (!pingUnanswered
                && now - pingedAt >= context.heartbeat().toNanos()
                && now - quietSince >= context.heartbeat().toNanos()) {
            pingDue = true;
        }
    }

    @Override
    public void removed(Channel gone) {
        if (gone == channel) {
            session.close(CloseCode.RESTART, "the server stopped the channel");
            ended(); // now, not with the socket: the worker forgets the channel's readers next
        }
    }

    @Override
    public @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
        return null;
    }

    @Override
    public void ended() {
        if (channel != null) {
            context.services().telemetry().add(Meter.SUBSCRIPTIONS, channel.name(), -1);
            channel = null;
            context.subscriptions().change(bytes, 0);
            closeFeed();
        }
    }

    @Override
    public void gap(Gap gap) {
        if (!sayable(gap)) {
            session.close(
                    CloseCode.CONTINUITY_LOST,
                    "records are missing: " + gap.reason().code());
        }
    }

    @Override
    public void reset(ResetReason reason, PositionVector at) {
        session.close(CloseCode.CONTINUITY_LOST, "the topic was made again or truncated; start over");
    }

    @Override
    public void snapshotBegins() {
        // this dialect has no word for it: the values follow
    }

    @Override
    public void snapshotEnded(PositionVector at) {
        // nor for this
    }

    @Override
    public void valuesEnded() {
        // this dialect has no views
    }

    private void closeFeed() {
        if (search != null) {
            search.close();
            search = null;
        }
        if (feed != null) {
            feed.close();
            feed = null;
        }
        if (interest != null) {
            interest.close();
            interest = null;
        }
    }

    /** Whether the socket stays; if not, it is being closed. */
    private boolean holds(Feed source) {
        if (!source.refresh()) {
            session.close(CloseCode.SLOW_CONSUMER, "fell behind; come back");
            return false;
        }
        if (source.inLog()) {
            session.wakeIn(pace.apply(source.reader(), context.services().nanoTime()));
        }
        return !session.closing();
    }

    private @Nullable Frame event(Feed source) {
        TurnBudget steps = session.bench().steps();
        Run run = source.read(context.limits().batchBytes(), steps.left());
        for (long at = run.first(); at < run.end(); at++) {
            LogEntry entry = run.entry(at);
            boolean wanted = steps.take() && source.reader().wants(run, at, steps);
            if (steps.left() == 0 && !wanted) {
                source.advance(run, at);
                more = source.hasWork();
                return null;
            }
            if (!wanted) {
                continue;
            }
            if (entry.gap() == null) {
                source.advance(run, at + 1);
                more = source.hasWork();
                return frame(source, run, at, entry);
            }
            gap(entry.gap());
            if (session.closing()) {
                return null;
            }
        }
        if (!run.isEmpty()) {
            source.advance(run, run.end());
        }
        more = source.hasWork();
        return null;
    }

    private Frame frame(Feed source, Run run, long at, LogEntry entry) {
        PlainFrames frames = session.bench().plainFrames();
        return source.reader().leaves(entry) ? frames.noValue() : frames.of(run, at, entry);
    }

    private static boolean sayable(Gap gap) {
        return gap.reason() == GapReason.UNDECODABLE || gap.reason() == GapReason.TOO_LARGE;
    }

    private @Nullable Frame takePing() {
        if (!pingDue) {
            return null;
        }
        pingDue = false;
        pingUnanswered = true;
        pingedAt = context.nanoTime();
        session.inbound().awaitPong(true);
        return Frame.ping();
    }

    @Override
    public void pingLeftOut() {
        pingUnanswered = false; // the next tick tries again
        pingedAt -= context.heartbeat().toNanos();
        session.inbound().awaitPong(false);
    }
}
