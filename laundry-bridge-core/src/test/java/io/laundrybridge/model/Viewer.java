package io.laundrybridge.model;

import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.testing.SessionProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that believes what it is told, as docs/protocol.md says, keeps its position and its state, and notes whatever
 * breaks the guarantee. Offsets of a stream in memory have no holes, so every event must be the very next one.
 */
final class Viewer {
    private static final Pattern EVENT = Pattern.compile(
            "\\{\"ch\":\"c\",\"at\":\"(\\d+)@(\\d+)\",\"ts\":\\d+,\"k\":\"([^\"]*)\",(?:\"left\":true,)?\"v\":(.*)}");

    /** The value of a key that came into view. */
    private static final Pattern VALUE =
            Pattern.compile("\\{\"ch\":\"c\",\"ts\":\\d+,\"k\":\"([^\"]*)\",(?:\"left\":true,)?\"v\":(.*)}");

    private static final Pattern NUMBER = Pattern.compile("\\{\"n\":(\\d+),.*");
    private static final Pattern GAP = Pattern.compile(
            ".*\"p\":\"(\\d+)\",\"from\":\"\\d+@(\\d+)\",\"to\":\"\\d+@(\\d+)\",\"reason\":\"(\\w+)\".*");
    private static final Pattern AT = Pattern.compile(".*\"at\":\"([^:\"]*):([^\"]*)\".*");

    /** A place given in these counts only once something has followed: a snapshot was perhaps to come. */
    private static final Pattern UNSETTLING = Pattern.compile("\\{\"op\":\"(subscribed|reset|snapshot)\"");

    private static final Pattern SETTLING = Pattern.compile("\\{\"(ch|op\":\"(live|bookmark))\"");

    /** Places of a partition that were passed over: nothing that is wanted may lie there. */
    private record Skipped(int partition, long from, long to) {}

    private final Wish wish;
    private final boolean state;

    /** Whether an event may be left out because a newer one of its key follows, or because it is out of view. */
    private boolean lenient;

    private final List<Skipped> skipped = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Long> shown = new HashMap<>();
    private final Map<String, Long> latestPlace = new HashMap<>();
    private SessionProbe probe;
    private String manner = "";
    private int read;
    private @Nullable String head;
    private final long[] next = new long[Story.PARTITIONS];
    private boolean inSnapshot;
    private boolean settled;
    private boolean knowsAll;
    private boolean missed;
    private boolean hidden;
    private @Nullable String inView;
    private @Nullable SinceStart since;

    Viewer(WebSocketSink sink, Wish wish, boolean state, String from) {
        this.wish = wish;
        this.state = state;
        this.lenient = state;
        this.knowsAll = from.equals("snapshot") || from.equals("earliest");
        this.probe = subscribe(SessionProbe.full(sink), from);
    }

    /** A viewer of a stream that starts at a time. */
    Viewer(WebSocketSink sink, Wish wish, SinceStart since) {
        this(sink, wish, false, since.from());
        this.since = since;
    }

    List<String> violations() {
        return violations;
    }

    void stopReading() {
        probe.stopReading();
    }

    void readAgain() {
        probe.readAgain();
    }

    /** Breaks the connection and resumes at {@code sink}. */
    void resumeAt(WebSocketSink sink) {
        take();
        probe.readAgain();
        probe.cut();
        take();
        read = 0;
        since = null;
        boolean startOver = head == null || (state && !settled);
        String from = startOver ? (state ? "snapshot" : "live") : "at:" + position();
        knowsAll = !from.equals("live") && (knowsAll || state);
        inSnapshot = false;
        settled = false;
        probe = SessionProbe.full(sink);
        if (hidden) {
            probe.say("{\"op\":\"view\",\"hidden\":true}");
        }
        subscribe(probe, from);
        if (inView != null) {
            sayView("[]");
            sayView(inView);
        }
    }

    /** The page is hidden: by agreement only the newest of each key is sent of what happens until it is back. */
    void hide() {
        hidden = true;
        lenient = true;
        probe.say("{\"op\":\"view\",\"hidden\":true}");
    }

    void show() {
        hidden = false;
        probe.say("{\"op\":\"view\",\"hidden\":false}");
    }

    /** Shows some keys only, or all again. A stream knows values no longer than memory does. */
    void view(int dice) {
        lenient = true;
        knowsAll &= state;
        inView = List.of("[]", "[\"m-1\"]", "[\"m-1\",\"m-2\",\"m-3\"]", "[\"m-1*\"]", "null")
                .get(dice % 5);
        sayView(inView);
    }

    /** At the end all is shown, so that all can be judged. */
    void showAll() {
        show();
        if (inView != null) {
            inView = "null";
            sayView(inView);
        }
    }

    private void sayView(String keys) {
        probe.say("{\"op\":\"view\",\"ch\":\"c\",\"keys\":" + keys + "}");
    }

    private SessionProbe subscribe(SessionProbe session, String from) {
        return session.subscribe("c", wish.request() + ",\"from\":\"" + from + "\"" + manner);
    }

    /** Asks for the same again, without a place, at once or gathered, compressed or not. */
    void select(int dice) {
        manner = (dice % 2 == 0 ? "" : ",\"flush\":10") + (dice % 3 == 0 ? "" : ",\"compress\":\"deflate-raw\"");
        probe.subscribe("c", wish.request() + manner);
    }

    /** Reads what has come. */
    void take() {
        for (String line : probe.linesFrom(read)) {
            line(line);
            read++;
        }
    }

    boolean closed() {
        return probe.closeCode() != 0;
    }

    /** Whether everything of {@code story} has been handled. */
    boolean reached(Story story) {
        take();
        boolean there = !inSnapshot && head != null;
        for (int p = 0; p < Story.PARTITIONS; p++) {
            there &= next[p] == story.end(p);
        }
        return there;
    }

    /** As {@link #reached}; what comes into view last may come behind that. */
    boolean settled(Story story) {
        return reached(story) && (inView == null || !whole() || shown.equals(truth(story)));
    }

    private boolean whole() {
        return knowsAll && (state || !missed);
    }

    /** The last look, once everything has come. */
    void conclude(Story story) {
        for (int p = 0; p < Story.PARTITIONS; p++) {
            if (next[p] > story.end(p)) {
                violations.add("partition " + p + " stands at " + next[p] + ", but ends at " + story.end(p));
            }
        }
        violations.addAll(wronglySkipped(story));
        Map<String, Long> truth = truth(story);
        if (whole() && !shown.equals(truth)) {
            violations.add("I5/I6: shows " + shown + " but the truth is " + truth);
        }
        if (probe.mostInFlight() > 1) {
            violations.add("I10: " + probe.mostInFlight() + " sends in flight");
        }
    }

    private List<String> wronglySkipped(Story story) {
        List<String> wrong = new ArrayList<>();
        for (Skipped each : skipped) {
            for (long offset = each.from(); offset < each.to(); offset++) {
                if (story.wants(wish, each.partition(), offset)) {
                    wrong.add("I2: " + each.partition() + "@" + offset + " is wanted by " + wish.request()
                            + " and never came");
                }
            }
        }
        return wrong;
    }

    private Map<String, Long> truth(Story story) {
        if (!state && wish.value() != null) {
            return story.newestWanted(wish);
        }
        Map<String, Long> truth = story.newest();
        truth.entrySet().removeIf(each -> !wish.wants(each.getKey(), each.getValue()));
        return truth;
    }

    /** Something, {@code what}, came at {@code to}: all before it is passed over. */
    private void passOver(int partition, long to, String what) {
        if (to > next[partition] && !lenient) {
            if (wish.selects()) {
                skipped.add(new Skipped(partition, next[partition], to));
            } else {
                violations.add("I2: " + what + " at " + partition + "@" + to + ", " + next[partition] + " never came");
            }
        }
    }

    /** How its session is, and what it expects next. */
    String fate() {
        String where = "at " + Arrays.toString(next);
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

    private String position() {
        StringBuilder text = new StringBuilder(String.valueOf(head)).append(':');
        for (int p = 0; p < next.length; p++) {
            text.append(p == 0 ? "" : ",").append(p).append('@').append(next[p]);
        }
        return text.toString();
    }

    private void line(String line) {
        settled = SETTLING.matcher(line).lookingAt()
                ? !inSnapshot
                : settled && !UNSETTLING.matcher(line).lookingAt();
        Matcher event = EVENT.matcher(line);
        Matcher value = VALUE.matcher(line);
        if (value.matches()) {
            show(value.group(1), value.group(2));
        } else if (event.matches()) {
            event(Integer.parseInt(event.group(1)), Long.parseLong(event.group(2)), event.group(3), event.group(4));
        } else if (line.startsWith("{\"op\":\"gap\"")) {
            gap(line);
        } else if (line.startsWith("{\"op\":\"reset\"")) {
            shown.clear();
            latestPlace.clear();
            skipped.clear(); // of a life that nobody knows any more
            knowsAll = false;
            stand(line, true);
        } else if (line.startsWith("{\"op\":\"subscribed\"") || line.startsWith("{\"op\":\"bookmark\"")) {
            stand(line, head == null);
            checkTime();
        } else if (line.startsWith("{\"op\":\"snapshot\"")) {
            snapshot(line);
        } else if (line.startsWith("{\"op\":\"error\"")) {
            violations.add("an error: " + line);
        }
    }

    /** What the first line that tells a place tells. */
    private void checkTime() {
        SinceStart asked = since;
        since = null;
        for (int p = 0; asked != null && p < Story.PARTITIONS; p++) {
            if (!asked.right(p, next[p])) {
                violations.add("partition " + p + " starts at " + next[p] + " for " + asked);
            }
        }
    }

    private void snapshot(String line) {
        inSnapshot = line.contains("\"begin\"");
        if (inSnapshot) {
            shown.clear();
            latestPlace.clear();
            knowsAll = true;
        } else {
            stand(line, true);
        }
    }

    private void event(int p, long offset, String key, String value) {
        if (!inSnapshot) {
            if (offset < next[p]) {
                violations.add("I1/I3: " + p + "@" + offset + " came at or after " + next[p]);
            }
            passOver(p, offset, "an event");
            next[p] = offset + 1;
        }
        Long before = latestPlace.put(key, offset);
        if (before != null && before >= offset) {
            violations.add("I5: key " + key + " went back from " + before + " to " + offset);
        }
        show(key, value);
    }

    private void show(String key, String value) {
        Matcher number = NUMBER.matcher(value);
        if (number.matches()) {
            shown.put(key, Long.parseLong(number.group(1)));
        } else {
            shown.remove(key);
        }
    }

    private void gap(String line) {
        Matcher gap = GAP.matcher(line);
        if (!gap.matches()) {
            violations.add("a gap without a range: " + line);
            return;
        }
        int p = Integer.parseInt(gap.group(1));
        long from = Long.parseLong(gap.group(2));
        long to = Long.parseLong(gap.group(3));
        if (from >= to || from < next[p]) {
            violations.add("I9: at " + next[p] + " came " + line);
        }
        passOver(p, from, "a gap");
        missed |= !gap.group(4).equals("undecodable");
        next[p] = Math.max(next[p], to);
    }

    /** Takes the head of the position in {@code line}; its places too if {@code whole}, else they must not be ahead. */
    private void stand(String line, boolean whole) {
        Matcher at = AT.matcher(line);
        if (!at.matches()) {
            violations.add("no position in " + line);
            return;
        }
        boolean sameLife = head != null && epoch(head).equals(epoch(at.group(1)));
        head = at.group(1);
        for (String place : at.group(2).split(",", -1)) {
            String[] parts = place.split("@", -1);
            if (parts.length == 2) {
                int p = Integer.parseInt(parts[0]);
                long offset = Long.parseLong(parts[1].replaceAll("\\..*", ""));
                if (!whole && sameLife) {
                    passOver(p, offset, "a place to stand");
                }
                next[p] = whole || !sameLife ? offset : Math.max(next[p], offset);
            }
        }
    }

    private static String epoch(String positionHead) {
        return positionHead.substring(0, positionHead.indexOf('.'));
    }
}
