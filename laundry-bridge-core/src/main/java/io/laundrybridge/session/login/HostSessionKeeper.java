package io.laundrybridge.session.login;

import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.socket.HostSession;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the host's session of a user alive while the page reads, because containers count requests only. Confined to
 * the session's worker, but for the calls to the host.
 */
final class HostSessionKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(HostSessionKeeper.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final @Nullable HostSession host;
    private final long pause;
    private final AtomicBoolean calling = new AtomicBoolean();
    private long next;

    HostSessionKeeper(@Nullable HostSession host, long now) {
        this.host = host;
        this.next = now;
        Duration idle = host == null ? Duration.ZERO : host.idleTime();
        boolean brief = !idle.isZero() && idle.dividedBy(3).compareTo(LONGEST_PAUSE) < 0;
        this.pause = (brief ? idle.dividedBy(3) : LONGEST_PAUSE).toNanos();
    }

    /** Reports to the host that the user is there, if that is due. {@code ended} runs if its session has ended. */
    void tick(long now, LoginSession session, Runnable ended) {
        HostSession kept = host;
        if (kept != null && now - next >= 0 && !calling.getAndSet(true)) {
            next = now + pause;
            if (!session.context()
                    .elsewhere()
                    .run(BlockingCalls.Lane.KEEP_ALIVE, () -> keepAlive(kept, session, ended))) {
                calling.set(false);
            }
        }
    }

    private void keepAlive(HostSession kept, LoginSession session, Runnable ended) {
        try {
            kept.keepAlive();
        } catch (IllegalStateException over) {
            session.later(ended);
        } catch (RuntimeException | LinkageError unforeseen) {
            LOG.debug("A host could not keep its session; it is asked again", unforeseen);
        } finally {
            calling.set(false);
        }
    }
}
