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

    RefusedSessionException(String reason) {
        super(reason, null, false, false);
    }
}
