package io.laundrybridge.session.dialect.full;

import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.worker.Session;
import org.jspecify.annotations.Nullable;

/** Answers the requests that fail. Confined to the session's worker. */
final class Failures {
    private final Session session;
    private final SessionLines lines;

    Failures(Session session, SessionLines lines) {
        this.session = session;
        this.lines = lines;
    }

    /** Runs {@code handling} of request {@code id}, and answers the request if that fails. */
    void guard(@Nullable Long id, Runnable handling) {
        try {
            handling.run();
        } catch (Throwable e) {
            answer(id, e);
        }
    }

    /** Answers request {@code id}, which failed because of {@code why}. */
    void answer(@Nullable Long id, Throwable why) {
        if (why instanceof RefusedLineException refusal) {
            answer(id, refusal.code(), String.valueOf(refusal.getMessage()));
        } else {
            session.bench().failures().warn("A request failed and is answered 'internal'", why);
            answer(id, ErrorCode.INTERNAL, "the server failed at this request; its log says why");
        }
    }

    /** Answers request {@code id}, which is refused. */
    void answer(@Nullable Long id, ErrorCode code, String message) {
        session.context().services().telemetry().add(Meter.ERRORS, code.code(), 1);
        lines.error(id, code, message);
    }
}
