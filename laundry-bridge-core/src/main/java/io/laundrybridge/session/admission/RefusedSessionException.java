package io.laundrybridge.session.admission;

/** A session is one too many for its address or its user. */
public final class RefusedSessionException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedSessionException(String reason) {
        super(reason, null, false, false);
    }
}
