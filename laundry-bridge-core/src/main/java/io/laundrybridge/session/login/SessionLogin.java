package io.laundrybridge.session.login;

import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.limits.LoginLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.session.login.LoginAnswer.Accepted;
import io.laundrybridge.session.login.LoginAnswer.Refused;
import io.laundrybridge.session.login.LoginAnswer.Unclear;
import io.laundrybridge.session.socket.Handshake;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The login of one session: first by the credentials of the handshake, then by any number of tokens. It keeps the
 * deadlines, and ends the session when the user's credential runs out. Confined to the session's worker.
 */
public final class SessionLogin {
    private static final int MOST_TOKENS = 4;
    private static final LoginAnswer LATE = new Unclear("the authenticators did not answer in time");

    private final Authentications authentications;
    private final Predicate<Principal> counts;
    private final String address;
    private final Caller reported;
    private final Deque<ClientLine.Auth> tokens = new ArrayDeque<>();
    private final HeldLines held;
    private final HostSessionKeeper keeper;
    private @Nullable Map<String, List<String>> headers;

    @SuppressWarnings("NullAway.Init") // set once, before the session opens
    private LoginSession session;

    private @Nullable Consumer<LoginAnswer> asking;
    private @Nullable AuthenticationCall call;
    private long askedAt;
    private long admittedAt;
    /** When the grants are asked again: at first at random, so that not all sessions ask at once. */
    private long recheckAt;

    private boolean admitted;
    /** Whether a token was accepted. */
    private boolean byToken;

    /**
     * Makes the login of a session.
     *
     * @param handshake has the user whom the host reports, and the credentials
     * @param counts returns whether the session may become one of a user, and counts it as such
     */
    public SessionLogin(Authentications authentications, Handshake handshake, Predicate<Principal> counts) {
        this.authentications = authentications;
        this.reported = handshake.caller();
        this.headers = handshake.headers();
        this.address = handshake.address();
        this.counts = counts;
        this.held = new HeldLines(authentications.limits().lines());
        this.keeper = new HostSessionKeeper(handshake.hostSession(), authentications.nanoTime());
    }

    /** Returns the login of a session of {@code caller} on an endpoint that asks no authenticator. */
    public static SessionLogin none(Caller caller) {
        return new SessionLogin(Authentications.none(), new Handshake(List.of(), Map.of(), caller), user -> true);
    }

    /** Sets the session; called once, before {@link #begin}. */
    public void of(LoginSession owner) {
        session = owner;
    }

    /** Returns the user whom the host reports. */
    public Caller reported() {
        return reported;
    }

    /** Asks the authenticators for the user of the handshake. The session is admitted once they have answered. */
    public void begin() {
        Map<String, List<String>> sent = headers;
        headers = null;
        if (asks() && sent != null) {
            ask(new Credentials(null, reported, sent, address), this::handshake);
        } else {
            admit();
        }
    }

    /** Returns what the first line says: whether the client is to log in now. */
    public String told() {
        return asks() ? isMissing() ? "required" : "optional" : "none";
    }

    /** Returns whether {@code line} has to wait for the login, or was refused because too many wait. */
    public boolean holds(ClientLine line) {
        if (!waits() || isFree(line)) {
            return false;
        }
        if (!held.add(line, session.context().subscriptions())) {
            lines().error(
                            HeldLines.id(line),
                            ErrorCode.LIMIT_EXCEEDED,
                            "at most " + authentications.limits().lines() + " lines wait for a login");
        }
        return true;
    }

    private static boolean isFree(ClientLine line) {
        return line instanceof ClientLine.Auth || line instanceof ClientLine.Beat || line instanceof ClientLine.Ping;
    }

    /** Returns whether lines wait: for a login that is required, or for the answer to the first token. */
    private boolean waits() {
        return session.loginLines() != null && (isMissing() || (asking != null && !byToken));
    }

    private boolean isMissing() {
        return authentications.mode() == AuthMode.REQUIRED && session.caller().anonymous();
    }

    private boolean asks() {
        return authentications.mode() != AuthMode.NONE;
    }

    private LoginLines lines() {
        return Objects.requireNonNull(session.loginLines());
    }

    /** Handles a token. Several are handled in order, each as if it had come alone. */
    public void token(ClientLine.Auth line) {
        if (!asks()) {
            lines().unauthenticated(
                            line.id(), "this endpoint takes no tokens; log in over HTTP and connect again", false);
        } else if (tokens.size() >= MOST_TOKENS) {
            lines().error(line.id(), ErrorCode.LIMIT_EXCEEDED, "too many tokens wait; send the next one later");
        } else {
            tokens.add(line);
            nextToken();
        }
    }

    private void nextToken() {
        ClientLine.Auth line = asking == null ? tokens.poll() : null;
        if (line == null) {
            return;
        }
        int most = authentications.limits().tokenChars();
        if (line.token().length() > most) {
            refuse(line.id(), "the token has more than " + most + " characters");
        } else {
            Credentials credentials = new Credentials(line.token(), session.caller(), Map.of(), address);
            ask(credentials, answer -> token(line.id(), answer));
        }
    }

    private void ask(Credentials credentials, Consumer<LoginAnswer> then) {
        asking = then;
        askedAt = authentications.nanoTime();
        call = authentications.ask(
                credentials,
                answer -> session.later(() -> {
                    if (asking == then) { // else it came too late
                        settle(answer);
                    }
                }));
    }

    private void settle(LoginAnswer answer) {
        Consumer<LoginAnswer> then = Objects.requireNonNull(asking);
        asking = null;
        call = null;
        then.accept(answer);
    }

    private void handshake(LoginAnswer answer) {
        if (answer instanceof Unclear unclear) {
            authentications.unclear(unclear.reason());
            session.audit().notAuthenticated(String.valueOf(CloseCode.FULL.code()), unclear.reason());
            session.close(CloseCode.FULL, "the login could not be checked; reconnect later");
        } else if (answer instanceof Refused refused) {
            refuse(refused.reason());
        } else if (answer instanceof Accepted accepted) {
            if (mayBecome(accepted.caller())) {
                session.audit().authenticated(accepted.caller().name(), "handshake");
                session.become(accepted.caller());
                admit();
            }
        } else {
            admit();
        }
    }

    private void admit() {
        if (isMissing() && session.loginLines() == null) {
            refuse("no credential in the handshake");
        } else {
            admitted = true;
            admittedAt = authentications.nanoTime();
            recheckAt = admittedAt + 1 + ThreadLocalRandom.current().nextLong(authentications.recheckNanos());
            session.admit();
        }
    }

    private void token(long id, LoginAnswer answer) {
        if (answer instanceof Unclear unclear) {
            authentications.unclear(unclear.reason());
            session.audit().notAuthenticated(ErrorCode.UNAUTHENTICATED.code(), unclear.reason());
            lines().unauthenticated(id, "the token could not be checked; send it again later", true);
        } else if (answer instanceof Refused refused) {
            refuse(id, refused.reason());
        } else if (answer instanceof Accepted accepted) {
            accept(id, accepted.caller());
        } else {
            refuse(id, "no authenticator knows the token");
        }
        if (session.closing()) {
            return;
        }
        if (!waits()) {
            held.take().forEach(session::line);
        }
        nextToken();
    }

    private void accept(long id, Caller user) {
        Caller before = session.caller();
        if (user.anonymous()) {
            refuse(id, "the authenticator knows nobody by the token");
        } else if (isOver(user)) {
            refuse(id, "the token has run out");
        } else if (!before.anonymous() && !before.name().equals(user.name())) {
            refuse(CloseCode.FORBIDDEN, "the token is another user's", "the token is another user's; connect again");
        } else if (mayBecome(user)) {
            byToken = true;
            session.audit().authenticated(user.name(), "token");
            lines().authenticated(id, user.expires());
            session.become(user);
        }
    }

    /** Returns whether the session may be one of {@code user}; if not, it is closed. */
    private boolean mayBecome(Caller user) {
        Principal principal = user.principal();
        if (isOver(user)) {
            refuse("the credential has run out");
            return false;
        }
        if (principal != null && !counts.test(principal)) {
            session.close(CloseCode.FULL, "too many connections from you; reconnect later");
            return false;
        }
        return true;
    }

    private void refuse(long id, String reason) {
        lines().unauthenticated(id, "the token was not accepted; get a fresh one", false);
        refuse(reason);
    }

    /** Closes the session, because its credential is void; {@code reason} is for the operator. */
    private void refuse(String reason) {
        refuse(CloseCode.UNAUTHENTICATED, reason, "the credential was not accepted; log in again");
    }

    private void refuse(CloseCode code, String reason, String told) {
        authentications.refused(address, reason);
        session.audit().notAuthenticated(String.valueOf(code.code()), reason);
        session.close(code, told);
    }

    private boolean isOver(Caller user) {
        Instant expires = user.expires();
        return expires != null && !authentications.now().isBefore(expires);
    }

    /** Ends what is too late, and the session if its user's credential has run out; {@code now} in nanoseconds. */
    public void tick(long now) {
        LoginLimits limits = authentications.limits();
        if (asking != null && now - askedAt >= limits.authentication().toNanos()) {
            cancel();
            settle(LATE);
        }
        if (session.closing() || !admitted) {
            return;
        }
        keeper.tick(now, session, this::hostSessionEnded);
        if (isOver(session.caller())) {
            session.close(CloseCode.UNAUTHENTICATED, "the credential has run out; log in again");
        } else if (isMissing() && now - admittedAt >= limits.deadline().toNanos()) {
            authentications.refused(address, "no token in time");
            session.close(
                    CloseCode.CREDENTIAL_DEADLINE,
                    "no login within " + limits.deadline().toSeconds() + " s; send a token");
        } else if (now - recheckAt >= 0) {
            recheckAt = now + authentications.recheckNanos();
            session.recheck();
        }
    }

    /**
     * Ends the login, because the host's session of the user has ended: the user logged out, or was away too long. A
     * user who logged in by a token keeps it, and has the grants asked again.
     */
    public void hostSessionEnded() {
        if (byToken || session.caller().anonymous()) {
            session.recheck();
        } else {
            refuse(CloseCode.UNAUTHENTICATED, "the host's session ended", "logged out; log in again");
        }
    }

    /** Has the grants asked again at the next tick, with which the sessions of a worker come in turn. */
    public void recheckSoon() {
        recheckAt = authentications.nanoTime();
    }

    private void cancel() {
        if (call != null) {
            call.cancel();
        }
    }

    /** Lets go of credentials and lines, because the session is over. */
    public void ended() {
        cancel();
        asking = null;
        call = null;
        headers = null;
        tokens.clear();
        held.clear();
    }
}
