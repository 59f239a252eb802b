package io.laundrybridge.session;

import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The open sessions of an endpoint, with what applications do to those of a user. Thread-safe. */
final class OpenSessions {
    private final Map<Session, OpenSession> sessions = new ConcurrentHashMap<>();
    private final HostSessions hosts = new HostSessions();

    void add(OpenSession open) {
        sessions.put(open.session(), open);
        hosts.add(open);
    }

    void remove(Session session) {
        OpenSession left = sessions.remove(session);
        if (left != null) {
            hosts.remove(left);
        }
    }

    /** Returns the sessions by the host's session that they belong to. */
    HostSessions hosts() {
        return hosts;
    }

    Collection<OpenSession> all() {
        return sessions.values();
    }

    /** Returns all sessions. Their workers are asked for what they read, and waited for at most {@code longest}. */
    List<SessionInfo> snapshot(Duration longest) {
        List<OpenSession> open = List.copyOf(sessions.values());
        Map<OpenSession, List<ReadChannel>> read = new ConcurrentHashMap<>();
        CountDownLatch answers = new CountDownLatch(open.size());
        for (OpenSession each : open) {
            each.session().inTurn(() -> {
                read.put(each, each.session().readChannels());
                answers.countDown();
            });
        }
        try {
            var unused = answers.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<SessionInfo> infos = new ArrayList<>();
        open.forEach(each -> infos.add(each.info(read.getOrDefault(each, List.of()))));
        return infos;
    }

    /** Closes the sessions of {@code user} with 4403, and returns how many these are. */
    int disconnect(String user) {
        int closed = 0;
        for (OpenSession each : sessions.values()) {
            if (!user.isEmpty() && user.equals(each.user())) {
                closed++;
                each.session()
                        .later(() -> each.session().close(CloseCode.FORBIDDEN, "disconnected by the application"));
            }
        }
        return closed;
    }

    /** Has the grants of {@code users} asked again at once. */
    void recheck(Set<String> users) {
        for (OpenSession each : sessions.values()) {
            if (users.contains(each.user())) {
                each.session().later(each.session()::recheck);
            }
        }
    }

    /** Has the grants of all sessions asked again within a second, each worker's sessions in turn. */
    void recheckAll() {
        for (OpenSession each : sessions.values()) {
            each.session().later(each.session().login()::recheckSoon);
        }
    }
}
