package io.laundrybridge.session.login;

import io.laundrybridge.protocol.ClientLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one session that wait for its login, in order. Confined to the session's worker. */
final class HeldLines {
    private final int most;
    private final Deque<ClientLine> lines = new ArrayDeque<>();

    HeldLines(int most) {
        this.most = most;
    }

    /**
     * Adds {@code line}.
     *
     * @return false if too many wait
     */
    boolean add(ClientLine line) {
        return lines.size() < most && lines.add(line);
    }

    /** Removes and returns all lines. */
    List<ClientLine> take() {
        List<ClientLine> all = List.copyOf(lines);
        lines.clear();
        return all;
    }

    void clear() {
        lines.clear();
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
        } else if (line instanceof ClientLine.Refused refused) {
            return refused.id();
        } else {
            return null;
        }
    }
}
