package io.laundrybridge.model;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.testing.SessionProbe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rights that a viewer has had, and which of them the server may still use: the answer to a login shows that all
 * before are over. Finds every byte that none of them allows.
 */
final class Rights {
    private static final Pattern ROW = Pattern.compile("\\{\"ch\":\"c\",(?:\"at\":\"(\\d+)@(\\d+)\",)?\"ts\":\\d+,"
            + "\"k\":\"([^\"]*)\",(?:\"left\":true,)?\"v\":(?:null|\\{\"n\":(\\d+),.*)}");

    private static final int FIRST_ID = 100_000;

    /** How many tokens may wait; the server refuses more, and their rights never come. */
    private static final int MOST_WAITING = 4;

    private final Story story;
    private final String user;
    private final boolean state;
    private final boolean sealing;
    /** Whether the reset that follows other rights has perhaps not come yet. */
    private boolean changing;

    private final Deque<Right> possible = new ArrayDeque<>();
    private int said = FIRST_ID;
    private int heard = FIRST_ID;

    Rights(Story story, String user, boolean state, boolean sealing, Right first) {
        this.sealing = sealing;
        this.story = story;
        this.user = user;
        this.state = state;
        possible.add(first);
    }

    String user() {
        return user;
    }

    Right now() {
        return possible.getLast();
    }

    Caller caller() {
        return now().caller(user);
    }

    /** Returns whether one of the rights in use is some rows only; lines of an earlier one wait until the reset. */
    boolean restrict() {
        return changing || possible.stream().anyMatch(Right::isRows);
    }

    /**
     * A new session begins with {@code right}. It resumes, unless {@code anew}: a place that was earned under other
     * rights is answered with the place of the reset that follows.
     */
    void begin(Right right, boolean anew) {
        changing = !anew && (changing || !settled() || !right.equals(now()));
        possible.clear();
        possible.add(right);
        said = FIRST_ID;
        heard = FIRST_ID;
    }

    /** Returns whether one more token may wait for its answer. */
    boolean mayLogIn() {
        return said - heard < MOST_WAITING;
    }

    /** Logs in for {@code next}. */
    void login(SessionProbe probe, Right next) {
        changing = true;
        possible.add(next);
        said++;
        probe.say("{\"op\":\"auth\",\"id\":" + said + ",\"token\":\"" + next.token(user) + "\"}");
    }

    /** Handles {@code line}: an answer to a login ends the rights before. */
    void heard(String line) {
        if (line.startsWith("{\"op\":\"authenticated\",\"id\":" + (heard + 1) + ",")) {
            heard++;
            possible.removeFirst();
        }
    }

    boolean settled() {
        return possible.size() == 1;
    }

    /** Returns whether {@code line} shows nothing but what one of the rights in use allows. */
    boolean allow(String line, Sight sight) {
        if (line.contains("\"reset\"") && line.contains("\"access\"")) {
            changing = possible.size() > 1;
        }
        if (sealing && line.contains("@") && possible.stream().allMatch(Right::isRows)) {
            return false;
        }
        if (!line.startsWith("{\"ch\":")) {
            return !line.contains("\"n\":") || line.startsWith("{\"op\":\"beat\",\"n\":");
        }
        Matcher row = ROW.matcher(line);
        return row.matches() && possible.stream().anyMatch(right -> allows(right, row, sight));
    }

    private boolean allows(Right right, Matcher row, Sight sight) {
        String key = row.group(3);
        if (row.group(4) != null) {
            return right.allows(key, Long.parseLong(row.group(4)));
        }
        if (right.value() == null) {
            return right.key().test(key) || sight.mayName(key);
        }
        return state && (sight.mayName(key) || (right.key().test(key) && heldBefore(right, row)));
    }

    @Override
    public String toString() {
        return possible.stream().map(Right::number).toList().toString();
    }

    /** Returns whether the viewer may have held the key that it is told to forget. */
    private boolean heldBefore(Right right, Matcher row) {
        boolean placeIsOpen = row.group(1) != null && story.life() == 0; // else perhaps of an earlier epoch
        return !placeIsOpen
                ? story.everAllowed(right, row.group(3))
                : story.allowedBefore(right, Integer.parseInt(row.group(1)), Long.parseLong(row.group(2)));
    }
}
