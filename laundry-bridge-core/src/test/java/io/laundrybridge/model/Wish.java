package io.laundrybridge.model;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The selection of a viewer, and a check of its own of what it should get.
 *
 * @param request fields of its subscribe, beginning with a comma, or ""
 * @param key which keys it wants
 * @param value which values it wants, by their number; null if it has no filter
 * @param restricted whether it may read some rows only
 */
record Wish(String request, Predicate<String> key, @Nullable LongPredicate value, boolean restricted) {
    private static final Wish EVERYTHING = new Wish("", any -> true, null, false);
    private static final List<Wish> SELECTIVE = List.of(
            new Wish(",\"keys\":[\"m-1\",\"m-5\"]", key -> key.equals("m-1") || key.equals("m-5"), null, false),
            new Wish(",\"keys\":[\"m-1*\",\"m-10\"]", key -> key.startsWith("m-1"), null, false),
            new Wish(",\"where\":{\"eq\":[\"/s\",1]}", any -> true, n -> n % 3 == 1, false),
            new Wish(
                    ",\"keys\":[\"m-1*\",\"m-2\"],\"where\":{\"lt\":[\"/s\",2]}",
                    key -> key.startsWith("m-1") || key.equals("m-2"),
                    n -> n % 3 < 2,
                    false),
            new Wish(
                    ",\"where\":{\"or\":[{\"in\":[\"/s\",[2,7]]},{\"not\":{\"exists\":\"/s\"}}]}",
                    any -> true,
                    n -> n % 3 == 2,
                    false));
    private static final Wish EVERY_TICK = new Wish(
            ",\"every\":10,\"keys\":[\"m-*\"],\"where\":{\"ne\":[\"/s\",0]}",
            key -> key.startsWith("m-"),
            n -> n % 3 != 0,
            false);

    /** Returns a wish for a viewer of a channel with {@code state}, or without. */
    static Wish of(int dice, boolean state) {
        int choice = Math.floorMod(dice, 10);
        if (choice == 9 && state) {
            return EVERY_TICK;
        }
        return choice < SELECTIVE.size() ? SELECTIVE.get(choice) : EVERYTHING;
    }

    /** Returns whether the viewer may pass over events. */
    boolean selects() {
        return !request.isEmpty() || restricted;
    }

    /** Returns what the viewer should get of this with {@code right}. */
    Wish within(Right right) {
        LongPredicate allowed = right.value();
        LongPredicate both = value == null || allowed == null ? (value == null ? allowed : value) : value.and(allowed);
        return new Wish(request, key.and(right.key()), both, right.isRows());
    }

    /** Returns whether it should get the record of {@code key} with the number {@code n}; null is a deletion. */
    boolean wants(String key, @Nullable Long n) {
        return this.key.test(key) && (value == null || (n != null && value.test(n)));
    }
}
