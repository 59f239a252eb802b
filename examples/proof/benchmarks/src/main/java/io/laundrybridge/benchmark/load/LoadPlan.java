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
 * @param ownKey whether each client subscribes to a key of its own, {@code m-0}, {@code m-1} and so on (ours alone)
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
        boolean ownKey,
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
                given.flag("own-key"),
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
                "--own-key=" + ownKey,
                "--flush=" + flush,
                "--compress=" + compress,
                "--receive-buffer=" + receiveBuffer);
    }

    /** Fields of our subscribe line beyond the channel, each with a comma before it. */
    String fields(int client, String from) {
        List<String> fields = new ArrayList<>();
        fields.add(",\"from\":\"" + from + '"');
        if (ownKey) {
            fields.add(",\"keys\":[\"m-" + client + "\"]");
        }
        if (flush > 0) {
            fields.add(",\"flush\":" + flush);
        }
        if (compress) {
            fields.add(",\"compress\":\"deflate-raw\"");
        }
        return String.join("", fields);
    }

    /** Returns whether an event's number counts its key or its partition. */
    int streams() {
        return ownKey ? 1 : partitions;
    }
}
