package io.laundrybridge.session;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads whose rights have changed: the key of each record is a user's name. The sessions of these users have their
 * grants asked again at the end of a batch; all sessions, if records may be missing. On the source's thread.
 */
final class GrantChanges implements RecordHandler {
    private static final int MOST_USERS = 1_000;

    private final OpenSessions sessions;
    private final Set<String> users = new HashSet<>();
    private boolean all;

    GrantChanges(OpenSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void record(SourceRecord changed) {
        String user = changed.keyText();
        if (user != null && !all) {
            users.add(user);
            all = users.size() > MOST_USERS;
        }
    }

    @Override
    public void batchEnd(PositionVector progress) {
        if (all) {
            sessions.recheckAll();
        } else if (!users.isEmpty()) {
            sessions.recheck(users);
        }
        users.clear();
        all = false;
    }

    @Override
    public void gap(Gap gap) {
        all = true;
    }

    @Override
    public void live() {
        sessions.recheckAll();
    }

    @Override
    public void reset(ResetReason reason, StreamStart start) {
        sessions.recheckAll();
    }

    @Override
    public void opened(StreamStart start) {}

    @Override
    public void stale(String reason) {}

    @Override
    public void fresh() {}

    @Override
    public void failed(Throwable cause) {}
}
