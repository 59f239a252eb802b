package io.laundrybridge.session;

import io.laundrybridge.session.socket.HostSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The open sessions by the host's session that they belong to. Thread-safe. */
final class HostSessions {
    private final Map<String, Set<OpenSession>> byId = new HashMap<>(); // guarded by this
    private final Map<OpenSession, String> ids = new HashMap<>(); // guarded by this
    /** The sessions whose host's session has ended, until they have left or have been asked again; guarded by this. */
    private final Set<OpenSession> ending = new HashSet<>();

    synchronized void add(OpenSession open) {
        HostSession host = open.host();
        if (host != null) {
            put(open, host.id());
        }
    }

    private void put(OpenSession open, String id) {
        byId.computeIfAbsent(id, none -> new HashSet<>()).add(open);
        ids.put(open, id);
    }

    synchronized void remove(OpenSession left) {
        String id = ids.remove(left);
        if (id != null) {
            byId.computeIfPresent(
                    id, (same, sessions) -> sessions.remove(left) && sessions.isEmpty() ? null : sessions);
            settled(left);
        }
    }

    /** Moves the sessions of the host's session {@code before} to {@code id}. */
    synchronized void renamed(String before, String id) {
        Set<OpenSession> sessions = byId.remove(before);
        if (sessions != null) {
            sessions.forEach(each -> put(each, id));
        }
    }

    /** Ends the logins of the host's session {@code id}, and waits at most {@code longest} until their sockets end. */
    void ended(String id, Duration longest) {
        Set<OpenSession> sessions;
        synchronized (this) {
            sessions = Set.copyOf(byId.getOrDefault(id, Set.of()));
            ending.addAll(sessions);
        }
        for (OpenSession each : sessions) {
            each.session().later(() -> {
                each.session().login().hostSessionEnded();
                if (!each.session().closing()) {
                    settled(each);
                }
            });
        }
        await(sessions, longest);
    }

    private synchronized void settled(OpenSession session) {
        ending.remove(session);
        notifyAll();
    }

    private synchronized void await(Set<OpenSession> sessions, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            long left = longest.toMillis();
            while (left > 0 && sessions.stream().anyMatch(ending::contains)) {
                wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ending.removeAll(sessions);
    }
}
