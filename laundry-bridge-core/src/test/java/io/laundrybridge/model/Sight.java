package io.laundrybridge.model;

import io.laundrybridge.testing.SessionProbe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The pages that a viewer has reported, and which of them the server may have handled. A view has no answer. The pong
 * of a ping after it shows that the server has handled it.
 */
final class Sight {
    private final Deque<Page> possible = new ArrayDeque<>(List.of(Page.ALL));
    private int said;
    private int heard;

    /** The page's present content. */
    Page page() {
        return possible.getLast();
    }

    /** The pages that the server may use at present: it has handled the first, and not yet the others. */
    List<Page> possible() {
        return List.copyOf(possible);
    }

    /** Returns whether the server has handled the last report. */
    boolean settled() {
        return possible.size() == 1;
    }

    /** Returns the page of a session that knows nothing yet. */
    void begin() {
        possible.clear();
        possible.add(Page.ALL);
        said = 0;
        heard = 0;
    }

    void say(SessionProbe probe, String request, Page next) {
        possible.add(next);
        said++;
        probe.say(request).say("{\"op\":\"ping\",\"id\":" + said + "}");
    }

    /** Handles {@code line}; returns whether the server has handled a report with it. */
    boolean heard(String line) {
        if (!line.equals("{\"op\":\"pong\",\"id\":" + (heard + 1) + "}")) {
            return false;
        }
        heard++;
        possible.removeFirst();
        return true;
    }

    /** Returns whether {@code key} is in view in each of the pages. */
    boolean surelyShows(String key) {
        return possible.stream().allMatch(page -> page.shows(key));
    }

    /** Returns whether the client may have named {@code key} itself. */
    boolean mayName(String key) {
        return possible.stream()
                .anyMatch(page -> page.keys() != null && page.keys().contains(key));
    }

    /** Returns whether an event of {@code key} may come. */
    boolean mayShow(String key) {
        return possible.stream().anyMatch(page -> !page.hidden() && page.shows(key));
    }
}
