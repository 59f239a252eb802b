package io.laundrybridge.host;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One thing that happened to a client, for an audit. It holds no payload, key, token or cookie. Control characters in
 * texts are replaced, and texts end after 200 characters, because clients choose some of them. Immutable.
 *
 * @param kind what happened
 * @param time when it happened, by the host's clock
 * @param client the client
 * @param channel the channel's name, as the client asked for it; "" if it is about no channel
 * @param code the close code, the status of a refused handshake, or the word of an error; "" if nothing was refused or
 *     closed
 * @param reason one short sentence; "" if there is nothing to add
 */
public record AuditEvent(Kind kind, Instant time, Client client, String channel, String code, String reason) {
    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final int MOST_CHARS = 200;

    /**
     * Makes an event.
     *
     * @param kind what happened
     * @param time when it happened
     * @param client the client
     * @param channel the channel's name, or ""
     * @param code why, for programs, or ""
     * @param reason why, for people, or ""
     */
    public AuditEvent {
        channel = safe(channel);
        code = safe(code);
        reason = safe(reason);
    }

    /** The kinds of events. */
    public enum Kind {
        /** A session opened. */
        CONNECT,
        /** A handshake or a session was refused. */
        REFUSE,
        /** A credential was accepted, or refused with a code. */
        AUTHENTICATE,
        /** A subscription began, or was forbidden with a code. */
        SUBSCRIBE,
        /** The grant of an open subscription changed, or was taken away with a code. */
        GRANT_CHANGED,
        /** A publish was stored, or failed with a code. */
        PUBLISH,
        /** A session ended; the last event of its session, but for publishes that were under way. */
        DISCONNECT
    }

    /**
     * A client.
     *
     * @param session the id of its session, unique among all nodes; "" if none was opened
     * @param user the user's name; "" if anonymous or not known yet
     * @param address the address, as trusted proxies report it if there are any; "" if unknown
     * @param origin the page's origin, as the client sent it; "" if it sent none
     */
    public record Client(String session, String user, String address, String origin) {

        /**
         * Makes a client.
         *
         * @param session the id of its session, or ""
         * @param user the user's name, or ""
         * @param address the address, or ""
         * @param origin the page's origin, or ""
         */
        public Client {
            session = safe(session);
            user = safe(user);
            address = safe(address);
            origin = safe(origin);
        }

        /**
         * {@return this client, known as {@code name}}
         *
         * @param name the user's name; "" if anonymous
         */
        public Client withUser(String name) {
            return new Client(session, name, address, origin);
        }
    }

    private static String safe(String text) {
        String shown = text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "...";
        return UNSAFE.matcher(shown).replaceAll("?");
    }
}
