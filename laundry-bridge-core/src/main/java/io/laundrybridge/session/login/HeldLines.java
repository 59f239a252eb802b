package io.laundrybridge.session.login;

import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.endpoint.SubscriptionMemory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one session that wait for its login, in order. Their memory counts as that of subscriptions. Confined to
 * the session's worker.
 */
final class HeldLines {
    private final int most;
    private final Deque<ClientLine> lines = new ArrayDeque<>();
    private @Nullable SubscriptionMemory memory;
    private long bytes;

    HeldLines(int most) {
        this.most = most;
    }

    /**
     * Adds {@code line}, whose memory {@code counted} counts.
     *
     * @return false if too many wait, or the lines of all sessions take too much memory
     */
    boolean add(ClientLine line, SubscriptionMemory counted) {
        long more = 2L * line.toString().length() + (line instanceof ClientLine.Publish sent ? sent.value().length : 0);
        if (lines.size() >= most || !takes(counted, more)) {
            return false;
        }
        memory = counted;
        bytes += more;
        return lines.add(line);
    }

    private static boolean takes(SubscriptionMemory counted, long more) {
        try {
            counted.change(0, more);
            return true;
        } catch (RefusedLineException full) {
            return false;
        }
    }

    /** Removes and returns all lines. */
    List<ClientLine> take() {
        List<ClientLine> all = List.copyOf(lines);
        clear();
        return all;
    }

    void clear() {
        lines.clear();
        if (memory != null) {
            memory.change(bytes, 0);
            memory = null;
            bytes = 0;
        }
    }

    /** Returns the id under which {@code line} is answered; null if it has none. */
    static @Nullable Long id(ClientLine line) {
        if (line instanceof ClientLine.Subscribe subscribe) {
            return subscribe.id();
        } else if (line instanceof ClientLine.Unsubscribe unsubscribe) {
            return unsubscribe.id();
        } else if (line instanceof ClientLine.InView view) {
            return view.id();
        } else if (line instanceof ClientLine.Hidden hidden) {
            return hidden.id();
        } else if (line instanceof ClientLine.Publish publish) {
            return publish.id();
        } else if (line instanceof ClientLine.Refused refused) {
            return refused.id();
        } else {
            return null;
        }
    }
}
