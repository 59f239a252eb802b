package io.laundrybridge.model;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer may read, and a check of its own of which rows that are.
 *
 * @param number the right's place in the list of all
 * @param grant the answer of the channel's access rule
 * @param key which keys it may read
 * @param value which values it may read, by their number; null for all
 */
record Right(
        int number,
        Grant grant,
        Predicate<String> key,
        @Nullable LongPredicate value) {
    private static final String CLAIM = "right";

    /** Everything. */
    static final Right ALL = new Right(0, Grant.everything(), any -> true, null);

    private static final Right NOTHING = new Right(1, Grant.nothing(), any -> false, null);

    private static final List<Right> RIGHTS = List.of(
            ALL,
            NOTHING,
            new Right(2, Grant.rows(RowFilter.eq("/s", 1)), any -> true, n -> n % 3 == 1),
            new Right(3, Grant.rows(RowFilter.in("/s", List.of(0, 2))), any -> true, n -> n % 3 != 1),
            new Right(4, Grant.rows(RowFilter.keyPrefix("m-1")), key -> key.startsWith("m-1"), null),
            new Right(
                    5,
                    Grant.rows(RowFilter.keyPrefix("m-1").and(RowFilter.eq("/s", 0))),
                    key -> key.startsWith("m-1"),
                    n -> n % 3 == 0),
            new Right(
                    6,
                    Grant.rows(RowFilter.keys(List.of("m-2", "m-3", "m-10"))),
                    List.of("m-2", "m-3", "m-10")::contains,
                    null));

    static Right of(int dice) {
        return RIGHTS.get(Math.floorMod(dice, RIGHTS.size()));
    }

    /** Returns one that lets something be read. */
    static Right something(int dice) {
        Right right = of(dice);
        return right.isNothing() ? ALL : right;
    }

    boolean isNothing() {
        return number == NOTHING.number;
    }

    boolean isRows() {
        return grant instanceof Grant.Rows;
    }

    /** Returns whether the record of {@code key} with the number {@code n} may be shown. */
    boolean allows(String key, long n) {
        return this.key.test(key) && (value == null || value.test(n));
    }

    /** Returns {@code user} with this right. */
    Caller caller(String user) {
        return Caller.named(user).withClaims(Map.of(CLAIM, number));
    }

    /** Returns the token that {@code user} logs in with for this right. */
    String token(String user) {
        return user + ":" + number;
    }

    /** Returns the user of {@code token}. */
    static Caller caller(String user, String number) {
        return RIGHTS.get(Integer.parseInt(number)).caller(user);
    }

    /** The channel's access rule. */
    static Grant grant(Caller caller, String channel) {
        return caller.claim(CLAIM) instanceof Integer number ? RIGHTS.get(number).grant : Grant.nothing();
    }
}
