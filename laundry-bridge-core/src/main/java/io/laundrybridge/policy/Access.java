package io.laundrybridge.policy;

import java.util.Set;
import java.util.function.Function;

/**
 * Decides what a caller may read of a channel. It is asked for each subscribe, and again whenever rights may have
 * changed. It may block for a while, for example on a database: a rule that is not {@linkplain #immediate immediate}
 * is called on a thread of its own. A rule that throws, returns null or has no answer in time grants nothing; that is
 * logged at most once in 10 s.
 */
@FunctionalInterface
public interface Access {

    /**
     * {@return what {@code caller} may read of {@code channel}}
     *
     * @param caller the user of the session
     * @param channel the channel's name
     */
    Grant grant(Caller caller, String channel);

    /**
     * {@return the roles that {@link #grant} asks for} Containers know a caller's roles during the handshake only, so
     * {@link Caller#roles()} knows only these. For any other role it answers false.
     */
    default Set<String> roles() {
        return Set.of();
    }

    /** {@return whether {@link #grant} returns at once, so that any thread may call it; false by default} */
    default boolean immediate() {
        return false;
    }

    /**
     * {@return whether {@link #grant} never grants some rows only; false by default} If so, positions of the channel
     * may be told openly outside its sessions, as {@link io.laundrybridge.session.Stamps} does.
     */
    default boolean wholeOrNothing() {
        return false;
    }

    /**
     * Narrows this rule: it decides whether a caller may read, and {@code rows} which rows.
     *
     * <pre>{@code
     * Access.authenticated().rows(caller -> RowFilter.eq("/tenant", caller.claim("tenant")))
     * }</pre>
     *
     * @param rows makes the filter of the rows that a caller may see; thread-safe, may block as a rule may
     * @return the rule
     */
    default Access rows(Function<? super Caller, RowFilter> rows) {
        return new RowsAccess(this, rows);
    }

    /** {@return a rule that grants nothing to any caller} */
    static Access nobody() {
        return new ImmediateAccess(caller -> Grant.nothing(), Set.of());
    }

    /** {@return a rule that grants everything to all callers} */
    static Access anonymous() {
        return new ImmediateAccess(caller -> Grant.everything(), Set.of());
    }

    /**
     * {@return a rule that grants everything to all callers whom the host or an authenticator knows} It is the rule of
     * a channel that has no other.
     */
    static Access authenticated() {
        return new ImmediateAccess(caller -> caller.anonymous() ? Grant.nothing() : Grant.everything(), Set.of());
    }

    /**
     * Grants everything to all users with {@code role}, as the host knows it.
     *
     * @param role the role, as the host names it
     * @return the rule
     */
    static Access role(String role) {
        return new ImmediateAccess(
                caller -> caller.roles().test(role) ? Grant.everything() : Grant.nothing(), Set.of(role));
    }
}
