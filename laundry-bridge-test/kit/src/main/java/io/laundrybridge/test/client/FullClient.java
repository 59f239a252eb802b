package io.laundrybridge.test.client;

import io.laundrybridge.test.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the full dialect that keeps its place by the rules of the protocol. Answers beats. For one thread; the
 * awaiting methods fail after 20 s.
 */
public final class FullClient implements AutoCloseable {
    /** The full dialect's subprotocol, as docs/protocol.md names it. */
    public static final String SUBPROTOCOL = "laundry-bridge.v1";

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final WsClient socket;

    private FullClient(WsClient socket) {
        this.socket = socket;
    }

    /** Connects; the first line, the welcome, may still be on its way. */
    public static FullClient connect(URI uri) {
        return new FullClient(WsClient.connect(uri, SUBPROTOCOL).answeringBeats());
    }

    /** Returns the socket underneath. */
    public WsClient socket() {
        return socket;
    }

    /** Subscribes with id 1; {@code rest} is more fields, each with a comma before it, or "". */
    public FullClient subscribe(String channel, String rest) {
        socket.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + channel + "\"" + rest + "}");
        return this;
    }

    /** Subscribes as {@link #subscribe} does, and waits until it is accepted. */
    public FullClient subscribed(String channel, String rest) {
        subscribe(channel, rest).await("subscribed");
        return this;
    }

    /** Returns the first line of {@code op}, past or to come. */
    public JsonNode await(String op) {
        return read(socket.awaitLine(line -> read(line).path("op").asString("").equals(op), SOON));
    }

    /** Returns the events so far. */
    public List<JsonNode> events() {
        return lines().stream().filter(line -> !line.has("op")).toList();
    }

    /** Waits until {@code count} events have come. */
    public List<JsonNode> awaitEvents(int count) {
        Await.until(count + " events; came: " + socket.lines(), SOON, () -> events().size() >= count);
        return events();
    }

    /** Waits until {@code count} events have come, and returns the number {@code n} in the value of each. */
    public List<Integer> awaitNumbers(int count) {
        return awaitEvents(count).stream()
                .map(event -> event.path("v").path("n").asInt())
                .toList();
    }

    /**
     * Returns the place after everything received of its one channel: the last position, advanced by each event since.
     */
    public String position() {
        return position(lines());
    }

    /** Returns the same of {@code channel}, one of several. */
    public String position(String channel) {
        return position(lines().stream()
                .filter(line -> line.path("ch").asString("").equals(channel))
                .toList());
    }

    private static String position(List<JsonNode> lines) {
        String head = "";
        Map<String, String> next = new TreeMap<>();
        for (JsonNode line : lines) {
            String at = line.path("at").asString("");
            if (line.has("op") && !at.isEmpty()) {
                next.clear();
                head = at.substring(0, at.indexOf(':'));
                for (String place : at.substring(at.indexOf(':') + 1).split(",", -1)) {
                    next.put(partition(place), place);
                }
            } else if (!at.isEmpty()) {
                next.put(partition(at), after(at));
            }
        }
        return head + ":" + String.join(",", next.values());
    }

    /** Drops the connection. */
    @Override
    public void close() {
        socket.close();
    }

    private List<JsonNode> lines() {
        List<JsonNode> lines = new ArrayList<>();
        socket.lines().forEach(line -> lines.add(read(line)));
        return lines;
    }

    private static JsonNode read(String line) {
        return JSON.readTree(line);
    }

    private static String partition(String place) {
        return place.substring(0, place.indexOf('@'));
    }

    /** Returns {@code 0@1235.7} for {@code 0@1234.7}: the only step that a client computes. */
    private static String after(String place) {
        String offset = place.substring(place.indexOf('@') + 1).replaceFirst("\\..*", "");
        String epoch = place.substring(place.indexOf('@') + 1 + offset.length());
        return partition(place) + "@" + (Long.parseLong(offset) + 1) + epoch;
    }
}
