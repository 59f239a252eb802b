package io.laundrybridge.session.admission;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * The causes for which a client gets no session; the tag {@code reason} of {@code laundry.bridge.refusals}.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("InvalidBlockTag") // Javadoc hides types too
public enum RefusalCause {
    /** The page or the requested host is not an allowed one. */
    ORIGIN("the page's origin or the requested host is not allowed"),
    /** The client asks for languages that the endpoint does not have. */
    SUBPROTOCOL("the client asks for an unknown subprotocol"),
    /** The client's address has too many sessions without a subscription. */
    ADDRESS("the address has too many sessions that have not subscribed"),
    /** The user has too many sessions. */
    USER("the user has too many sessions"),
    /** The client's address connects too often. */
    RATE("the address connects too often"),
    /** The endpoint has all the sessions that it may have. */
    FULL("the node has all the sessions that it may have"),
    /** The endpoint is closed, or is closing. */
    STOPPED("no channel has started, or the node stops");

    private final String meaning;
    private final String word = name().toLowerCase(Locale.ROOT);

    RefusalCause(String meaning) {
        this.meaning = meaning;
    }

    /** {@return the value of the tag} */
    public String word() {
        return word;
    }

    /** {@return the cause in words, for the documentation} */
    public String meaning() {
        return meaning;
    }
}
