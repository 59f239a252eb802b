package io.laundrybridge.session.admission;

import org.apiguardian.api.API;

/**
 * A session is one too many for its address or its user.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("InvalidBlockTag") // Javadoc hides types too
public final class RefusedSessionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RefusalCause cause;
    private final transient String limit;

    /** Makes a refusal because of {@code limit}, which only the operator gets to know. */
    RefusedSessionException(String reason, RefusalCause cause, String limit) {
        super(reason, null, false, false);
        this.cause = cause;
        this.limit = limit;
    }

    /** {@return which limit is reached} */
    public RefusalCause refusalCause() {
        return cause;
    }

    /** {@return the limit that is reached, with its setting} */
    public String limit() {
        return limit;
    }
}
