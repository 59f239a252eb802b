package io.laundrybridge.auth;

/** Whether the users of an endpoint log in; {@code laundry-bridge.auth.mode}. */
public enum AuthMode {
    /**
     * Nobody reads before a login. Users whom the host or an authenticator knows by the handshake are logged in. All
     * others send a token within {@code laundry-bridge.limits.login-deadline}; the plain dialect cannot. The default of
     * an endpoint with an authenticator.
     */
    REQUIRED,
    /** Clients may send a credential; without one they are anonymous. A void credential is refused all the same. */
    OPTIONAL,
    /** Authenticators are not asked: users are those whom the host reports. The default without an authenticator. */
    NONE
}
