package io.laundrybridge.session.login;

import io.laundrybridge.protocol.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the answers to logins, in the words of a dialect that takes tokens. Confined to the session's worker. */
public interface LoginLines {

    /** Answers that request {@code id} logged its user in until {@code expires}; null for ever. */
    void authenticated(long id, @Nullable Instant expires);

    /** Answers that request {@code id} failed; {@code retry} says whether the same token may be accepted later. */
    void unauthenticated(long id, String message, boolean retry);

    /** Answers that request {@code id} is refused; null if it has no id. */
    void error(@Nullable Long id, ErrorCode code, String message);
}
