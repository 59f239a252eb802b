package io.laundrybridge.session.wake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The interests in one channel that are pumped when their worker looks at it. Confined to the worker. */
final class WakeLists {
    /** The interests that look at every change. One that has begun to follow the walk is removed at the next change. */
    private final Set<Interest> looking = new LinkedHashSet<>();

    private final List<Interest> woken = new ArrayList<>();
    private final List<Interest> newcomers = new ArrayList<>();

    /** Adds {@code interest}, which looks at every change. */
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

    /** Adds {@code interest}, for which a match was found. */
    void wake(Interest interest) {
        woken.add(interest);
    }

    /** Adds {@code interest}, which follows the walk from a place before its end. */
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

    /** Gives each session in the list a turn, also those that join during the turns. */
    private static void pumpAll(List<Interest> waiting) {
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).pump();
        }
        waiting.clear();
    }
}
