package io.laundrybridge.model.joins;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page that has loaded rows, and follows the stream from the stamp of its REST call. On a channel without state every
 * version of a row must be the next one of that row, or be known already. With state, the newest is enough.
 * Thread-safe.
 */
final class JoinedPage implements Transport {
    private static final Pattern EVENT = Pattern.compile(
            "\\{\"ch\":\"rows\",(?:\"at\":\"(\\d+)@(\\d+)\",)?\"ts\":\\d+,\"k\":\"([^\"]*)\",\"v\":\\{\"version\":(\\d+)}}");
    private static final Pattern REACHED = Pattern.compile("\\{\"op\":\"reached\",\"id\":(\\d+),.*");
    private static final Pattern POSITION =
            Pattern.compile("\\{\"op\":\"(bookmark|snapshot|subscribed)\",.*\"at\":\"([^\"]*)\".*");

    private final Map<String, Integer> versions;
    private final String tenant;
    private final String selection;
    private final boolean newestIsEnough;
    private final Map<Integer, Database.Write> awaited = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> tail = new ArrayList<>();
    private final Map<String, String> moved = new HashMap<>();
    private @Nullable Inbound inbound;
    private String position;
    private boolean inSnapshot;
    private boolean settled;
    private int lastId = 1;
    private boolean cut;

    /** A page with these rows, from a REST call that was stamped with {@code stamp}. */
    JoinedPage(Map<String, Integer> loaded, String stamp, String tenant, String selection, boolean newestIsEnough) {
        this.newestIsEnough = newestIsEnough;
        this.versions = new HashMap<>(loaded);
        this.position = stamp;
        this.tenant = tenant;
        this.selection = selection;
    }

    void join(WebSocketSink node) {
        synchronized (this) {
            cut = false;
            settled = false;
        }
        Caller caller = Caller.named(tenant);
        Inbound accepted = node.accept(new Handshake(List.of(FullDialect.SUBPROTOCOL), Map.of(), caller), this);
        String from;
        synchronized (this) {
            inbound = accepted;
            from = place();
            moved.clear();
        }
        accepted.text(
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"rows\",\"from\":\"at:" + from + "\"" + selection + "}", true);
    }

    /** Returns the last place that the server gave, moved by the events since. */
    private String place() {
        if (moved.isEmpty()) {
            return position;
        }
        int colon = position.indexOf(':');
        Map<String, String> vector = new HashMap<>();
        for (String entry : position.substring(colon + 1).split(",", -1)) {
            vector.put(entry.substring(0, Math.max(0, entry.indexOf('@'))), entry);
        }
        vector.remove("");
        vector.putAll(moved);
        return position.substring(0, colon + 1) + String.join(",", vector.values());
    }

    /** Returns whether it can come back to its own place: it has one, and is not inside a snapshot. */
    synchronized boolean mayResume() {
        return settled && !inSnapshot;
    }

    void leave() {
        Inbound left;
        synchronized (this) {
            cut = true;
            left = inbound;
            awaited.clear();
        }
        if (left != null) {
            left.closed();
        }
    }

    /** Waits for the place {@code at} of {@code write}. */
    int await(Database.Write write, String at) {
        Inbound to;
        int id;
        synchronized (this) {
            id = ++lastId;
            awaited.put(id, write);
            to = inbound;
        }
        if (to != null) {
            to.text("{\"op\":\"await\",\"id\":" + id + ",\"ch\":\"rows\",\"at\":\"" + at + "\"}", true);
        }
        return id;
    }

    synchronized boolean isWaiting() {
        return !awaited.isEmpty();
    }

    synchronized int waiting() {
        return awaited.size();
    }

    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    synchronized int version(String row) {
        return versions.getOrDefault(row, 0);
    }

    synchronized String tail() {
        return String.join("\n    ", tail);
    }

    boolean shows(String row) {
        return row.startsWith(tenant + "/") && (selection.isEmpty() || selection.contains("\"" + row + "\""));
    }

    @Override
    public void send(Frame frame, SendCompletion completion) {
        List<String> beats = new ArrayList<>();
        synchronized (this) {
            if (!cut) {
                for (String line : frame.text().split("\n", -1)) {
                    take(line);
                    if (line.startsWith("{\"op\":\"beat\"")) {
                        beats.add(line);
                    }
                }
            }
        }
        Inbound to = inbound;
        if (to != null) {
            beats.forEach(beat -> to.text(beat, true));
        }
        completion.done(null);
    }

    private void take(String line) {
        tail.add(line);
        if (tail.size() > 12) {
            tail.remove(0);
        }
        Matcher event = EVENT.matcher(line);
        if (event.matches()) {
            event(event);
            return;
        }
        Matcher reached = REACHED.matcher(line);
        if (reached.matches()) {
            reached(Integer.parseInt(reached.group(1)));
            return;
        }
        Matcher at = POSITION.matcher(line);
        if (line.contains("\"state\":\"begin\"")) {
            inSnapshot = true;
            settled = false;
            versions.keySet().removeIf(this::shows);
        } else if (at.matches()) {
            inSnapshot = false;
            settled |= !at.group(1).equals("subscribed");
            if (!at.group(1).equals("subscribed")) {
                position = at.group(2);
                moved.clear();
            }
        } else if (line.contains("\"op\":\"live\"")) {
            settled = true;
        } else if (line.contains("\"op\":\"gap\"")
                || line.contains("\"op\":\"reset\"")
                || line.contains("\"op\":\"error\"")) {
            broken.add("a hole: " + line);
        }
    }

    private void event(Matcher event) {
        String row = event.group(3);
        int version = Integer.parseInt(event.group(4));
        int known = versions.getOrDefault(row, 0);
        if (!shows(row)) {
            broken.add("a row that it may not see: " + event.group());
        }
        if (!inSnapshot && !newestIsEnough && version > known + 1) {
            broken.add(row + " goes from version " + known + " to " + version + ": a write is lost");
        }
        versions.merge(row, version, Math::max);
        if (event.group(1) != null && !inSnapshot) {
            moved.put(event.group(1), event.group(1) + "@" + (Long.parseLong(event.group(2)) + 1));
            settled = true;
        }
    }

    private void reached(int id) {
        Database.Write write = awaited.remove(id);
        if (write != null && shows(write.row()) && versions.getOrDefault(write.row(), 0) < write.version()) {
            broken.add("reached before the event of " + write + ", it has version " + versions.get(write.row()));
        }
    }

    @Override
    public void ping(SendCompletion completion) {
        completion.done(null);
    }

    @Override
    public int maxBatchBytes() {
        return 64 << 10;
    }

    @Override
    public void close(int code, String reason) {
        synchronized (this) {
            if (!cut) {
                broken.add("closed with " + code + " " + reason);
            }
        }
        leave();
    }

    @Override
    public void abort() {
        leave();
    }
}
