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
 */
record Wish(String request, Predicate<String> key, @Nullable LongPredicate value) {
    private static final Wish EVERYTHING = new Wish("", any -> true, null);
    private static final List<Wish> SELECTIVE = List.of(
            new Wish(",\"keys\":[\"m-1\",\"m-5\"]", key -> key.equals("m-1") || key.equals("m-5"), null),
            new Wish(",\"keys\":[\"m-1*\",\"m-10\"]", key -> key.startsWith("m-1"), null),
            new Wish(",\"where\":{\"eq\":[\"/s\",1]}", any -> true, n -> n % 3 == 1),
            new Wish(
                    ",\"keys\":[\"m-1*\",\"m-2\"],\"where\":{\"lt\":[\"/s\",2]}",
                    key -> key.startsWith("m-1") || key.equals("m-2"),
                    n -> n % 3 < 2),
            new Wish(
                    ",\"where\":{\"or\":[{\"in\":[\"/s\",[2,7]]},{\"not\":{\"exists\":\"/s\"}}]}",
                    any -> true,
                    n -> n % 3 == 2));
    private static final Wish EVERY_TICK = new Wish(
            ",\"every\":10,\"keys\":[\"m-*\"],\"where\":{\"ne\":[\"/s\",0]}",
            key -> key.startsWith("m-"),
            n -> n % 3 != 0);

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
        return !request.isEmpty();
    }

    /** Returns whether it should get the record of {@code key} with the number {@code n}; null is a deletion. */
    boolean wants(String key, @Nullable Long n) {
        return this.key.test(key) && (value == null || (n != null && value.test(n)));
    }
}
