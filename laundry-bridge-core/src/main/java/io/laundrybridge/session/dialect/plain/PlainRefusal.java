package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.protocol.CloseCode;

/** Thrown if a plain client cannot be served; carries the close code. */
final class PlainRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final CloseCode code;

    PlainRefusal(CloseCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    CloseCode code() {
        return code;
    }
}
