package io.laundrybridge;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/** Changes of several channels that are alike, as one line of the log. Confined to one thread at a time. */
final class GatheredChanges {
    private static final int NAMED = 5;

    private final StateNews.Change first;
    private final List<String> named = new ArrayList<>();
    private int channels;
    private boolean sameReason = true;

    /** Gathers changes like {@code first}. */
    GatheredChanges(StateNews.Change first) {
        this.first = first;
    }

    void add(String channel, StateNews.Change change) {
        channels++;
        sameReason &= change.reason().equals(first.reason());
        if (named.size() < NAMED) {
            named.add("'" + channel + "'");
        }
    }

    void log(Logger log) {
        String because = sameReason ? ": " : "; one reason: ";
        if (channels == 1) {
            log(log, "Channel " + named.get(0) + " is ", because, first);
        } else {
            int more = channels - named.size();
            String others = more == 0 ? "" : " and " + more + " others";
            log(log, channels + " more channels (" + String.join(", ", named) + others + ") are ", because, first);
        }
    }

    /** Logs an error if the channel gave up, and a warning if an operator has to act. */
    static void log(Logger log, String channel, StateNews.Change change) {
        log(log, "Channel '" + channel + "' is ", ": ", change);
    }

    private static void log(Logger log, String subject, String because, StateNews.Change change) {
        String reason = change.reason();
        String line = subject + change.state() + (reason.isEmpty() ? "" : because + reason);
        if (change.state() == BridgeState.FAILED) {
            log.error(line);
        } else if (reason.isEmpty() || change.passes()) {
            log.info(line);
        } else {
            log.warn(line);
        }
    }
}
