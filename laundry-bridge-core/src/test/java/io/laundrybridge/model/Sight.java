package io.laundrybridge.model;

import io.laundrybridge.testing.SessionProbe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a viewer has said its page shows, and what of that the server has come to. A view is not answered; the pong of a
 * ping behind it tells that everything from there on follows it.
 */
final class Sight {
    private final Deque<Page> possible = new ArrayDeque<>(List.of(Page.ALL));
    private int said;
    private int heard;

    /** What the page shows. */
    Page page() {
        return possible.getLast();
    }

    /** What the server may go by at present: it has come to the first, and has the others to come. */
    List<Page> possible() {
        return List.copyOf(possible);
    }

    /** Whether the server has come to the last that was said. */
    boolean settled() {
        return possible.size() == 1;
    }

    /** The page of a session that knows nothing yet. */
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

    /** Takes note of {@code line}; whether the server has come to something with it. */
    boolean heard(String line) {
        if (!line.equals("{\"op\":\"pong\",\"id\":" + (heard + 1) + "}")) {
            return false;
        }
        heard++;
        possible.removeFirst();
        return true;
    }

    /** Whether {@code key} is in view whatever the server has come to. */
    boolean surelyShows(String key) {
        return possible.stream().allMatch(page -> page.shows(key));
    }

    /** Whether something of {@code key} may come. */
    boolean mayShow(String key) {
        return possible.stream().anyMatch(page -> !page.hidden() && page.shows(key));
    }
}
