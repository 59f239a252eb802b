package io.laundrybridge.auth;

import io.laundrybridge.error.LaundryBridgeException;

/** Thrown by an {@link Authenticator} if credentials are void. The message is one sentence without the credential. */
public final class RefusedCredentialsException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a refusal.
     *
     * @param message why the credentials are void, for the operator; never the credential itself
     */
    public RefusedCredentialsException(String message) {
        super(message);
    }
}
