package io.laundrybridge.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that a viewer shows. Keys in view must show the newest value in the end, and never one older than shown
 * before. For a key that comes into view, a stream reports what memory has. If it has nothing, the viewer may be wrong
 * until the next event of that key.
 */
final class Beliefs {
    private static final Pattern NUMBER = Pattern.compile("\\{\"n\":(\\d+),.*");

    private final Story story;
    private final Supplier<Wish> wish;
    private final boolean state;
    private final Sight sight;
    private final Map<String, Long> shown = new HashMap<>();

    /** The place of the newest event shown of a key. */
    private final Map<String, Place> latest = new HashMap<>();

    /** Keys of which no event was missed. */
    private final Set<String> known = new HashSet<>();

    /** Keys of a stream that have come into view. */
    private final Set<String> told = new HashSet<>();

    private final List<String> violations = new ArrayList<>();

    /** The place of an event. */
    record Place(int partition, long offset) {}

    Beliefs(Story story, Supplier<Wish> wish, boolean state, Sight sight) {
        this.story = story;
        this.wish = wish;
        this.state = state;
        this.sight = sight;
    }

    /** Returns the faults so far. */
    List<String> violations() {
        return violations;
    }

    /** No event of any key is missing. */
    void knowAll() {
        known.addAll(Story.KEYS);
    }

    /** Events of any key may be missing. */
    void missed() {
        known.clear();
    }

    /** All of this belongs to an earlier epoch of the stream. */
    void reset() {
        shown.clear();
        latest.clear();
        known.clear();
        told.clear();
    }

    /** Places belong to an earlier epoch of the stream. */
    void beginLife() {
        latest.clear();
    }

    /** Keys absent from the snapshot that begins do not exist. */
    void snapshotBegins() {
        shown.clear();
        knowAll();
    }

    /** A session begins at {@code trail}: later events may come once more, and no key comes into view by itself. */
    void begin(Trail trail, boolean anew) {
        told.clear();
        latest.values().removeIf(place -> anew || place.offset() >= trail.next(place.partition()));
    }

    /** The page showed {@code before}, and now shows other keys. */
    void viewed(Page before) {
        Page now = sight.page();
        if (!state) {
            known.removeIf(key -> !now.shows(key));
        }
        told.removeIf(key -> !now.shows(key));
        Story.KEYS.stream().filter(key -> now.shows(key) && !before.shows(key)).forEach(told::add);
    }

    /** Handles an event; in a snapshot a value may be the one that is shown. */
    void event(Place place, String key, String value, boolean inSnapshot) {
        Place before = latest.put(key, place);
        if (before != null && (inSnapshot ? before.offset() > place.offset() : before.offset() >= place.offset())) {
            violations.add("I5: key " + key + " went back from " + before + " to " + place
                    + (inSnapshot ? " in a snapshot" : ""));
        }
        show(key, value);
    }

    /** Handles the value of a key that came into view. */
    void value(String key, String value) {
        Long number = number(value);
        Place place = number == null ? null : story.place(key, number);
        Place before = latest.get(key);
        if (place != null && before != null && before.offset() > place.offset()) {
            violations.add("I5: key " + key + " went back from " + before + " to the value at " + place);
        }
        if (place != null) {
            latest.put(key, place);
        }
        show(key, value);
    }

    private void show(String key, String value) {
        if (!sight.mayShow(key)) {
            violations.add("of key " + key + " came " + value.replaceAll("x{20,}", "x…") + ", but in view is "
                    + sight.possible());
        }
        if (sight.surelyShows(key)) {
            known.add(key);
        }
        Long number = number(value);
        if (number == null) {
            shown.remove(key);
        } else {
            shown.put(key, number);
        }
    }

    static @Nullable Long number(String value) {
        Matcher number = NUMBER.matcher(value);
        return number.matches() ? Long.valueOf(number.group(1)) : null;
    }

    /** Returns the keys in view that show a wrong value. */
    List<String> wrong() {
        Map<String, Long> truth = truth();
        List<String> wrong = new ArrayList<>();
        for (String key : Story.KEYS) {
            if (mustKnow(key) && !Objects.equals(shown.get(key), truth.get(key))) {
                wrong.add("I5/I6: shows " + key + " as " + shown.get(key) + " but the truth is " + truth.get(key)
                        + ", in view is " + sight.page());
            }
        }
        return wrong;
    }

    private boolean mustKnow(String key) {
        return sight.page().shows(key)
                && (known.contains(key) || (!state && told.contains(key) && story.isRecent(wish.get(), key)));
    }

    private Map<String, Long> truth() {
        if (!state && wish.get().value() != null) {
            return story.newestWanted(wish.get());
        }
        Map<String, Long> truth = story.newest();
        truth.entrySet().removeIf(each -> !wish.get().wants(each.getKey(), each.getValue()));
        return truth;
    }
}
