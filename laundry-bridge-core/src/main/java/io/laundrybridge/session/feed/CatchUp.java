package io.laundrybridge.session.feed;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.replay.ReplayAnswer;
import io.laundrybridge.channel.replay.ReplayKind;
import io.laundrybridge.channel.replay.ReplayRequest;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.start.ReadingSession;
import org.jspecify.annotations.Nullable;

/**
 * Leads one subscription back into a log that it fell behind: it replays pieces of the stream, one after the other,
 * within a budget. Confined to its worker.
 */
public final class CatchUp {
    private final Channel channel;
    private final ReadingSession session;
    private final ReplayKind kind;
    private final ChannelLog log;
    private long bytes;
    private @Nullable ReplayRequest request;

    /**
     * Makes a catch-up. {@code kind} is {@code RESUME} if the session was further before, so that it goes first; else
     * {@code START}.
     */
    CatchUp(Channel channel, ReadingSession session, ReplayKind kind, ChannelLog log) {
        this.channel = channel;
        this.session = session;
        this.kind = kind;
        this.log = log;
    }

    /**
     * Returns the answer to the last request; null if there is none yet. If nothing was asked, it asks for {@code at}.
     */
    @Nullable ReplayAnswer answer(PositionVector at) {
        if (request == null) {
            request = channel.replay().ask(session.replays(), kind, log, at, session::wake);
        }
        ReplayAnswer answer = request.answer();
        request = answer == null ? request : null;
        if (answer instanceof ReplayAnswer.Piece piece) {
            bytes += piece.unseen();
        }
        return answer;
    }

    /** Counts {@code length} bytes of replayed lines. */
    void took(long length) {
        bytes += length;
    }

    boolean overBudget() {
        return bytes >= channel.policy().replay().bytes();
    }

    void close() {
        if (request != null) {
            request.cancel();
            request = null;
        }
    }
}
