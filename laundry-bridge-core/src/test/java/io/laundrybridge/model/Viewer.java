package io.laundrybridge.model;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.testing.SessionProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that trusts the server as docs/protocol.md says, keeps its position and its state, and records every break
 * of the guarantee. Offsets of a stream in memory have no holes, so every event must be the very next one.
 */
final class Viewer {
    private static final int FOREIGN = 99;
    private static final Pattern EVENT = Pattern.compile(
            "\\{\"ch\":\"c\",\"at\":\"(\\d+)@(\\d+)\",\"ts\":\\d+,\"k\":\"([^\"]*)\",(?:\"left\":true,)?\"v\":(.*)}");

    /** The value of a key that came into view. */
    private static final Pattern VALUE =
            Pattern.compile("\\{\"ch\":\"c\",\"ts\":\\d+,\"k\":\"([^\"]*)\",(?:\"left\":true,)?\"v\":(.*)}");

    private static final Pattern GAP = Pattern.compile(
            ".*\"p\":\"(\\d+)\",\"from\":\"\\d+@(\\d+)\",\"to\":\"\\d+@(\\d+)\",\"reason\":\"(\\w+)\".*");
    private static final Pattern GAP_WITHOUT_RANGE =
            Pattern.compile("\\{\"op\":\"gap\",\"ch\":\"c\",\"reason\":\"(\\w+)\"}");

    private static final Pattern SEALED = Pattern.compile(".*\"at\":\"(~[^\"]*)\".*");
    private static final Pattern AT = Pattern.compile(".*\"at\":\"([^:\"]*):([^\"]*)\".*");

    /** A place in these lines counts only once another line has followed: a snapshot may follow. */
    private static final Pattern UNSETTLING = Pattern.compile("\\{\"op\":\"(subscribed|reset|snapshot)\"");

    private static final Pattern SETTLING = Pattern.compile("\\{\"(ch|op\":\"(live|bookmark))\"");

    private final Story story;
    private final Wish asked;
    private final Rights rights;
    private final Seals seals = new Seals();
    private final boolean state;
    private final Sight sight = new Sight();
    private final Trail trail;
    private final Beliefs beliefs;
    private final List<String> violations = new ArrayList<>();
    private Wish wish;
    private SessionProbe probe;
    /** The last place, if it is sealed. */
    private @Nullable String sealed;

    /** Whether events may be missing before the next place. */
    private boolean missesSome;

    /** Whether it may read nothing, and whether it knows. */
    private boolean shutOut;

    private boolean toldSo;
    private int foreign;
    private String manner = "";
    private int read;
    private @Nullable String head;
    private boolean inSnapshot;
    private boolean settled;

    /** Whether keys have come into view since all were sent: it is unknown how far the server has got with them. */
    private boolean valuesDue;

    private @Nullable SinceStart since;

    Viewer(WebSocketSink sink, Story story, Wish asked, Rights rights, boolean state, String from) {
        this.story = story;
        this.asked = asked;
        this.rights = rights;
        this.wish = asked.within(rights.now());
        this.state = state;
        this.trail = new Trail(story, () -> wish, sight, state);
        this.beliefs = new Beliefs(story, () -> wish, state, sight);
        if (from.equals("snapshot") || from.equals("earliest")) {
            beliefs.knowAll();
        }
        this.probe = subscribe(session(sink), from);
    }

    /** A viewer of a stream that starts at a time. */
    Viewer(WebSocketSink sink, Story story, Wish wish, Rights rights, SinceStart since) {
        this(sink, story, wish, rights, false, since.from());
        this.since = since;
    }

    private SessionProbe session(WebSocketSink sink) {
        return SessionProbe.open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), rights.caller(), true);
    }

    /** Returns every break of the guarantee. */
    List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        all.addAll(beliefs.violations());
        return all;
    }

    void stopReading() {
        probe.stopReading();
    }

    void readAgain() {
        probe.readAgain();
    }

    /** Breaks the connection and resumes at {@code sink}. */
    void resumeAt(WebSocketSink sink) {
        resumeAt(sink, rights.now());
    }

    private void resumeAt(WebSocketSink sink, Right right) {
        take();
        probe.readAgain();
        probe.cut();
        take();
        read = 0;
        since = null;
        boolean startOver = shutOut || head == null || (state && !settled);
        String place = sealed == null ? head + ":" + trail.vector() : sealed;
        String from = startOver ? (state ? "snapshot" : "live") : "at:" + place;
        rights.begin(right, startOver);
        head = startOver ? null : head;
        sealed = startOver ? null : sealed;
        wish = startOver ? asked.within(rights.now()) : wish;
        shutOut = right.isNothing();
        toldSo = shutOut;
        if (startOver) {
            trail.forget(); // what it passed over, it passed over with other rights perhaps
        }
        if (state) {
            beliefs.knowAll();
        } else if (startOver) {
            beliefs.missed();
        }
        Page page = sight.page();
        sight.begin();
        trail.begin();
        beliefs.begin(trail, startOver);
        inSnapshot = false;
        settled = false;
        missesSome = false;
        foreign = 0;
        probe = session(sink);
        if (shutOut) {
            return;
        }
        if (page.hidden()) {
            hide(page.latest());
        }
        subscribe(probe, from);
        if (page.keys() != null || (state && valuesDue)) {
            view(page.none());
            view(page);
        }
    }

    /** The user's rights are others from now on. Without any, it comes back once it has some. */
    void login(Right next, WebSocketSink sink) {
        take();
        if (shutOut) {
            if (!next.isNothing()) {
                resumeAt(sink, next);
            }
        } else if (rights.mayLogIn()) {
            rights.login(probe, next);
            shutOut = next.isNothing();
            toldSo = false;
        }
    }

    /** Asks for a place of someone else, which changes nothing. */
    void tryForeignPlace() {
        if (!shutOut) {
            foreign++;
            probe.say("{\"op\":\"subscribe\",\"id\":" + FOREIGN + ",\"ch\":\"c\"" + asked.request() + ",\"from\":\"at:"
                    + seals.foreign(rights.user()) + "\"}");
        }
    }

    /** Returns whether the server has handled its logins. */
    boolean isLoggedIn() {
        take();
        return shutOut || rights.settled();
    }

    /** The page is hidden; only with {@code latest} may it miss events of a stream. */
    void hide(boolean latest) {
        Page next = sight.page().hide(latest);
        say(next.visibility(), next);
    }

    void show() {
        Page next = sight.page().show();
        say(next.visibility(), next);
    }

    /** Shows some keys only, or all again. */
    void view(int dice) {
        view(sight.page().withKeys(dice));
    }

    /** Shows all that it does not show yet. */
    void showAll() {
        if (!sight.page().showsAllKeys()) {
            view(Page.ALL);
        }
    }

    private void view(Page next) {
        valuesDue = true;
        say(next.request(), next);
    }

    private void say(String request, Page next) {
        take();
        if (shutOut || !rights.settled()) {
            return; // lines wait for a login, and pings do not
        }
        Page before = sight.page();
        sight.say(probe, request, next);
        trail.said();
        beliefs.viewed(before);
    }

    private SessionProbe subscribe(SessionProbe session, String from) {
        return session.subscribe("c", asked.request() + ",\"from\":\"" + from + "\"" + manner);
    }

    /** Requests the same again, without a place, at once or gathered, compressed or not. */
    void select(int dice) {
        manner = (dice % 2 == 0 ? "" : ",\"flush\":10") + (dice % 3 == 0 ? "" : ",\"compress\":\"deflate-raw\"");
        if (!shutOut) {
            probe.subscribe("c", asked.request() + manner);
        }
    }

    /** Reads the lines that have come. */
    void take() {
        for (String line : probe.linesFrom(read)) {
            line(line);
            read++;
        }
    }

    boolean closed() {
        return probe.closeCode() != 0 || probe.aborted();
    }

    /**
     * Returns whether everything has been handled and is shown; keys that came into view last may come after the rest.
     */
    boolean settled() {
        take();
        if (shutOut) {
            return toldSo;
        }
        return !inSnapshot
                && rights.settled()
                && foreign == 0
                && head != null
                && trail.ended()
                && sight.settled()
                && beliefs.wrong().isEmpty();
    }

    /** Checks the keys in view, once everything has come. */
    void look() {
        if (shutOut) {
            return;
        }
        for (int p = 0; p < Story.PARTITIONS; p++) {
            if (trail.next(p) > story.end(p)) {
                violations.add("partition " + p + " stands at " + trail.next(p) + ", but ends at " + story.end(p));
            }
        }
        violations.addAll(trail.wrong());
        trail.forget();
        violations.addAll(beliefs.wrong());
        if (probe.mostInFlight() > 1) {
            violations.add("I10: " + probe.mostInFlight() + " sends in flight");
        }
    }

    /** An event, {@code what}, came at {@code to}: all before it is passed over. */
    private void passOver(int partition, long to, String what) {
        long from = trail.next(partition);
        if (!trail.passOver(partition, to, sealed != null) && !rights.restrict()) {
            violations.add("I2: " + what + " at " + partition + "@" + to + ", " + from + " never came");
        }
    }

    /** Returns the state of its session, and what it expects next. */
    String fate() {
        String where = "at " + trail + (inSnapshot ? " in a snapshot" : "") + " with rights " + rights + " showing "
                + sight.possible() + " " + beliefs.wrong();
        return closed() ? "closed with " + probe.closeCode() + " " + where : where;
    }

    String tail() {
        List<String> lines = probe.lines();
        return String.join(
                "\n    ",
                lines.subList(Math.max(0, lines.size() - 12), lines.size()).stream()
                        .map(line -> line.replaceAll("x{20,}", "x…"))
                        .toList());
    }

    private void line(String line) {
        if (!rights.allow(line, sight)) {
            violations.add("LEAK: with rights " + rights + " allows none of " + line.replaceAll("x{20,}", "x…"));
        }
        rights.heard(line);
        settled = SETTLING.matcher(line).lookingAt()
                ? !inSnapshot
                : settled && !UNSETTLING.matcher(line).lookingAt();
        boolean conflated = sight.possible().get(0).conflates();
        Matcher event = EVENT.matcher(line);
        Matcher value = VALUE.matcher(line);
        if (value.matches()) {
            value(value.group(1), value.group(2));
        } else if (event.matches()) {
            event(Integer.parseInt(event.group(1)), Long.parseLong(event.group(2)), event.group(3), event.group(4));
        } else if (line.startsWith("{\"op\":\"gap\"")) {
            gap(line);
        } else if (line.startsWith("{\"op\":\"reset\"")) {
            beliefs.reset();
            trail.forget(); // of an epoch that is no longer known
            wish = line.contains("\"access\"") ? asked.within(rights.now()) : wish;
            stand(line, true);
        } else if (line.startsWith("{\"op\":\"subscribed\"") || line.startsWith("{\"op\":\"bookmark\"")) {
            wish = line.contains("\"subscribed\"") ? asked.within(rights.now()) : wish; // perhaps found after a login
            stand(line, head == null);
            checkTime();
        } else if (line.startsWith("{\"op\":\"snapshot\"")) {
            snapshot(line);
        } else if (sight.heard(line)) {
            trail.cameTo(conflated);
        } else if (line.startsWith("{\"op\":\"unsubscribed\"") || isForbidden(line)) {
            beliefs.reset();
            trail.forget();
            toldSo = true;
        } else if (line.startsWith("{\"op\":\"error\",\"id\":" + FOREIGN + ",\"code\":\"bad_position\"")) {
            foreign--;
        } else if (line.startsWith("{\"op\":\"error\"")) {
            violations.add("an error: " + line);
        }
    }

    /** Returns whether {@code line} answers a subscribe whose start was not found before the rights were gone. */
    private boolean isForbidden(String line) {
        return shutOut && line.startsWith("{\"op\":\"error\"") && line.contains("\"code\":\"forbidden\"");
    }

    /** Handles the first line with a place. */
    private void checkTime() {
        SinceStart asked = since;
        since = null;
        for (int p = 0; asked != null && p < Story.PARTITIONS; p++) {
            if (!asked.right(p, trail.next(p))) {
                violations.add("partition " + p + " starts at " + trail.next(p) + " for " + asked);
            }
        }
    }

    private void snapshot(String line) {
        inSnapshot = line.contains("\"begin\"");
        if (inSnapshot) {
            beliefs.snapshotBegins();
            trail.forget(); // it shows the result of that
        } else {
            stand(line, true);
            valuesDue &= !sight.settled() || sight.page().keys() != null;
        }
    }

    /** Handles a row without its place: of a key that came into view, or all rows if places are sealed. */
    private void value(String key, String value) {
        Long number = Beliefs.number(value);
        Beliefs.Place place = number == null ? null : story.place(key, number);
        if (place != null && sealed != null && !inSnapshot) {
            if (place.offset() < trail.next(place.partition()) && !valuesDue && !state) {
                violations.add("I1/I3: " + place + " came at or after " + trail.next(place.partition()));
            }
            trail.came(place);
        }
        beliefs.value(key, value);
    }

    private void event(int p, long offset, String key, String value) {
        if (!inSnapshot) {
            if (offset < trail.next(p)) {
                violations.add("I1/I3: " + p + "@" + offset + " came at or after " + trail.next(p));
            }
            passOver(p, offset, "an event");
            trail.moveTo(p, offset + 1);
        }
        beliefs.event(new Beliefs.Place(p, offset), key, value, inSnapshot);
    }

    private void gap(String line) {
        Matcher gap = GAP.matcher(line);
        Matcher hidden = GAP_WITHOUT_RANGE.matcher(line);
        if (hidden.matches() && sealed != null) {
            missesSome |= !hidden.group(1).equals("undecodable");
            if (!state && missesSome) {
                beliefs.missed();
            }
            return;
        }
        if (!gap.matches()) {
            violations.add("a gap without a range: " + line);
            return;
        }
        int p = Integer.parseInt(gap.group(1));
        long from = Long.parseLong(gap.group(2));
        long to = Long.parseLong(gap.group(3));
        if (from >= to || from < trail.next(p)) {
            violations.add("I9: at " + trail.next(p) + " came " + line);
        }
        passOver(p, from, "a gap");
        if (!state && !gap.group(4).equals("undecodable")) {
            beliefs.missed();
        }
        trail.moveTo(p, Math.max(trail.next(p), to));
    }

    /** Takes the head of the position in {@code line}; its places too if {@code whole}, else they must not be ahead. */
    private void stand(String line, boolean whole) {
        Matcher closed = SEALED.matcher(line);
        sealed = closed.matches() ? closed.group(1) : null;
        Matcher at = AT.matcher(
                sealed == null
                        ? line
                        : "\"at\":\"" + seals.open(sealed, rights.user()).toString() + "\"");
        if (!at.matches()) {
            violations.add("no position in " + line);
            return;
        }
        boolean sameLife = head != null && epoch(head).equals(epoch(at.group(1)));
        boolean forgiven = missesSome;
        missesSome = false;
        if (!sameLife) {
            beliefs.beginLife();
        }
        head = at.group(1);
        for (String place : at.group(2).split(",", -1)) {
            String[] parts = place.split("@", -1);
            if (parts.length == 2) {
                int p = Integer.parseInt(parts[0]);
                long offset = Long.parseLong(parts[1].replaceAll("\\..*", ""));
                if (!whole && sameLife && !forgiven) {
                    passOver(p, offset, "a place to stand");
                }
                trail.moveTo(p, whole || !sameLife ? offset : Math.max(trail.next(p), offset));
            }
        }
    }

    private static String epoch(String positionHead) {
        return positionHead.substring(0, positionHead.indexOf('.'));
    }
}
