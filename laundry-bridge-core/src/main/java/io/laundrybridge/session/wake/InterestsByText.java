package io.laundrybridge.session.wake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The interests in a key, or in the beginning of a key. Confined to its worker. */
final class InterestsByText {
    private final Map<String, Set<Interest>> byText = new HashMap<>();

    /** The number of texts of each length. The beginnings of a key are tried only at these lengths. */
    private final SortedMap<Integer, Integer> lengths = new TreeMap<>();

    void add(String text, Interest interest) {
        byText.computeIfAbsent(text, this::begun).add(interest);
    }

    void remove(String text, Interest interest) {
        Set<Interest> interests = byText.get(text);
        if (interests != null && interests.remove(interest) && interests.isEmpty()) {
            byText.remove(text);
            lengths.computeIfPresent(text.length(), (length, texts) -> texts == 1 ? null : texts - 1);
        }
    }

    /** Returns the interests in exactly {@code text}. */
    Set<Interest> of(String text) {
        return byText.getOrDefault(text, Set.of());
    }

    /** Returns the lengths of the known texts, shortest first. */
    Iterable<Integer> lengths() {
        return lengths.keySet();
    }

    boolean isEmpty() {
        return byText.isEmpty();
    }

    private Set<Interest> begun(String text) {
        lengths.merge(text.length(), 1, Integer::sum);
        return new HashSet<>(2);
    }
}
