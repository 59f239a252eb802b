package io.laundrybridge.benchmark.load;

import io.laundrybridge.benchmark.process.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * The task of the load client.
 *
 * @param port where the server listens on 127.0.0.1
 * @param path the endpoint's path
 * @param dialect the protocol that clients speak
 * @param leastBytes the least size of an event's value
 * @param partitions of the topic; with more than one, each event names its own
 * @param threads the number of reading threads
 * @param choice what each client selects
 * @param keys the number of keys, {@code m-0}, {@code m-1} and so on; clients that select one take them in turn
 * @param signingKey the file with the key of {@link Tenants}; empty for clients without token
 * @param flush milliseconds to gather before a frame (ours alone); 0 for none
 * @param compress whether frames are to come compressed (ours alone)
 * @param receiveBuffer of the sockets, in bytes; 0 for the system's default
 */
public record LoadPlan(
        int port,
        String path,
        Dialect dialect,
        int leastBytes,
        int partitions,
        int threads,
        Choice choice,
        int keys,
        String signingKey,
        int flush,
        boolean compress,
        int receiveBuffer) {

    static LoadPlan of(Arguments given) {
        return new LoadPlan(
                given.number("port", 0),
                given.text("path"),
                Dialect.valueOf(given.text("dialect")),
                given.number("least-bytes", 200),
                given.number("partitions", 1),
                given.number("threads", 1),
                Choice.valueOf(given.text("choice", Choice.EVERYTHING.name())),
                given.number("keys", 1),
                given.text("signing-key", ""),
                given.number("flush", 0),
                given.flag("compress"),
                given.number("receive-buffer", 0));
    }

    /** As arguments. */
    public List<String> arguments() {
        return List.of(
                "--port=" + port,
                "--path=" + path,
                "--dialect=" + dialect,
                "--least-bytes=" + leastBytes,
                "--partitions=" + partitions,
                "--threads=" + threads,
                "--choice=" + choice,
                "--keys=" + keys,
                "--signing-key=" + signingKey,
                "--flush=" + flush,
                "--compress=" + compress,
                "--receive-buffer=" + receiveBuffer);
    }

    /** Returns whether the client in C can read this. */
    boolean isKnownInC() {
        return dialect.isKnownInC()
                && choice == Choice.EVERYTHING
                && partitions == 1
                && signingKey.isEmpty()
                && !compress;
    }

    /** As arguments of the client in C. */
    List<String> argumentsInC() {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(port),
                path,
                dialect.subprotocol(),
                Integer.toString(leastBytes),
                Integer.toString(receiveBuffer),
                dialect == Dialect.LAUNDRY ? "1" : "0"));
        dialect.hello(dialect == Dialect.LAUNDRY ? fields(0, "live") : "", "")
                .forEach(turn -> arguments.addAll(List.of(turn.awaited(), turn.said())));
        return arguments;
    }

    /** Fields of our subscribe line beyond the channel, each with a comma before it. */
    String fields(int client, String from) {
        List<String> fields = new ArrayList<>();
        fields.add(",\"from\":\"" + from + '"');
        if (choice == Choice.KEY) {
            fields.add(",\"keys\":[\"" + key(client) + "\"]");
        } else if (choice == Choice.WHERE) {
            fields.add(",\"where\":{\"eq\":[\"" + Tenants.FIELD + "\",\"" + key(client) + "\"]}");
        }
        if (flush > 0) {
            fields.add(",\"flush\":" + flush);
        }
        if (compress) {
            fields.add(",\"compress\":\"deflate-raw\"");
        }
        return String.join("", fields);
    }

    /** Returns the key that a client selects, if it selects one. */
    String key(int client) {
        return "m-" + client % keys;
    }

    /** Returns whether events are numbered by key, because each client gets those of one key. */
    boolean perKey() {
        return choice != Choice.EVERYTHING;
    }

    /** Returns the number of streams of numbers that a client gets. */
    int streams() {
        return perKey() ? 1 : partitions;
    }
}
