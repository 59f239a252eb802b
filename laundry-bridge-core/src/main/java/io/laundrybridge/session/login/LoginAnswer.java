package io.laundrybridge.session.login;

import io.laundrybridge.policy.Caller;

/** The answer of the authenticators to one credential. */
sealed interface LoginAnswer {

    /** The credential is the one of {@code caller}. */
    record Accepted(Caller caller) implements LoginAnswer {}

    /** The credential is void; {@code reason} is for the operator. */
    record Refused(String reason) implements LoginAnswer {}

    /** Nobody could say whether the credential is void; {@code reason} is for the operator. */
    record Unclear(String reason) implements LoginAnswer {}

    /** No authenticator knows this kind of credential. */
    enum Unknown implements LoginAnswer {
        INSTANCE
    }
}
