package io.laundrybridge.session.wake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The interests in one channel that are pumped when their worker looks at it. Confined to the worker. */
final class WakeLists {
    /** Interests that look at every change; one that follows the walk meanwhile is removed at the next change. */
    private final Set<Interest> looking = new LinkedHashSet<>();

    private final List<Interest> woken = new ArrayList<>();
    private final List<Interest> newcomers = new ArrayList<>();

    /** {@code interest} looks at every change. */
    void look(Interest interest) {
        looking.add(interest);
    }

    void lookNoMore(Interest interest) {
        looking.remove(interest);
    }

    /** Returns whether no interest looks at every change. */
    boolean nobodyLooks() {
        return looking.isEmpty();
    }

    /** A match of {@code interest} was found. */
    void wake(Interest interest) {
        woken.add(interest);
    }

    /** {@code interest} follows the walk from a place before its end. */
    void join(Interest interest) {
        newcomers.add(interest);
    }

    void pumpLooking() {
        for (Iterator<Interest> each = looking.iterator(); each.hasNext(); ) {
            Interest interest = each.next();
            if (interest.follows()) {
                each.remove();
            } else {
                interest.pump();
            }
        }
    }

    void pumpWoken() {
        pumpAll(woken);
    }

    void pumpNewcomers() {
        pumpAll(newcomers);
    }

    /** Sessions that join the list meanwhile get their turn too. */
    private static void pumpAll(List<Interest> waiting) {
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).pump();
        }
        waiting.clear();
    }
}
