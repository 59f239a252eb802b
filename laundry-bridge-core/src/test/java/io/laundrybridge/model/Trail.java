package io.laundrybridge.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The place of a viewer in each partition, and what it passed over before. Passing an event over is right only if it
 * was not wanted or not in view, or if a newer one of the same key may replace it.
 */
final class Trail {
    private final Story story;
    private final Supplier<Wish> wish;
    private final Sight sight;

    /** Whether a newer event of the same key may always replace earlier ones. */
    private final boolean conflates;

    private final long[] next = new long[Story.PARTITIONS];

    /** The pages that the server may have used since the viewer came to its place. */
    private final List<Set<Page>> since = new ArrayList<>();

    /** The latest end of the pass that began with the page's return. */
    private final long[] passEnd = new long[Story.PARTITIONS];

    private final List<Skipped> skipped = new ArrayList<>();

    /** Events that came without their place, at a place that the viewer knows all the same. */
    private final Set<Beliefs.Place> came = new HashSet<>();

    /**
     * Places passed over, the pages that the server may have used meanwhile, the place up to which it could conflate,
     * and whether events came without their places, so that deletions among them cannot be told apart.
     */
    private record Skipped(int partition, long from, long to, List<Page> pages, long passEnd, boolean placeless) {

        boolean conflated(long offset) {
            return offset < passEnd || pages.stream().anyMatch(Page::conflates);
        }

        boolean inView(String key) {
            return pages.stream().allMatch(page -> page.shows(key));
        }
    }

    Trail(Story story, Supplier<Wish> wish, Sight sight, boolean conflates) {
        this.story = story;
        this.wish = wish;
        this.sight = sight;
        this.conflates = conflates;
        for (int p = 0; p < Story.PARTITIONS; p++) {
            since.add(new LinkedHashSet<>(List.of(Page.ALL)));
        }
    }

    long next(int partition) {
        return next[partition];
    }

    /** Returns whether it has passed everything of the story. */
    boolean ended() {
        for (int p = 0; p < Story.PARTITIONS; p++) {
            if (next[p] != story.end(p)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the vector of a position. */
    String vector() {
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < next.length; p++) {
            text.append(p == 0 ? "" : ",").append(p).append('@').append(next[p]);
        }
        return text.toString();
    }

    /** A session begins here. */
    void begin() {
        Arrays.fill(passEnd, 0);
        for (int p = 0; p < next.length; p++) {
            moveTo(p, next[p]);
        }
    }

    /** The viewer has reported another page. */
    void said() {
        since.forEach(pages -> pages.add(sight.page()));
    }

    /**
     * The server has handled the next page; what it had then may come in a pass if the one before {@code conflated}.
     */
    void cameTo(boolean conflated) {
        for (int p = 0; p < next.length && conflated; p++) {
            passEnd[p] = story.mostEnd(p);
        }
    }

    /** The server names this place, whatever was before. */
    void moveTo(int partition, long to) {
        next[partition] = to;
        since.set(partition, new LinkedHashSet<>(sight.possible()));
    }

    /**
     * An event or a place came at {@code to}: all before it is passed over. False if that can only be wrong.
     *
     * @param placeless whether the events before came without their places
     */
    boolean passOver(int partition, long to, boolean placeless) {
        if (to <= next[partition]) {
            return true;
        }
        Skipped passed = new Skipped(
                partition, next[partition], to, List.copyOf(since.get(partition)), passEnd[partition], placeless);
        skipped.add(passed);
        return wish.get().selects()
                || conflates
                || passed.conflated(passed.from())
                || !passed.pages().stream().allMatch(Page::showsAllKeys);
    }

    /** The event at {@code place} came. */
    void came(Beliefs.Place place) {
        came.add(place);
    }

    /** Events passed over no longer matter. */
    void forget() {
        skipped.clear();
        came.clear();
    }

    /** Returns the wanted events that were passed over. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (Skipped each : skipped) {
            for (long offset = each.from(); offset < each.to(); offset++) {
                if (lost(each, offset)) {
                    wrong.add("I2: " + each.partition() + "@" + offset + " is wanted by "
                            + wish.get().request() + " of " + each.pages() + " and never came");
                }
            }
        }
        return wrong;
    }

    private boolean lost(Skipped each, long offset) {
        if (offset >= story.end(each.partition())) {
            return false; // reported as a place behind the end
        }
        return !came.contains(new Beliefs.Place(each.partition(), offset))
                && !(each.placeless() && story.isDeletion(each.partition(), offset))
                && story.wants(wish.get(), each.partition(), offset)
                && each.inView(story.key(each.partition(), offset))
                && !((conflates || each.conflated(offset))
                        && story.isSuperseded(wish.get(), each.partition(), offset, conflates));
    }

    @Override
    public String toString() {
        return Arrays.toString(next);
    }
}
