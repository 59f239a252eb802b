package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.process.Child;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts servers that are JVMs, all with the same flags; each says {@code ws://...} once it listens. */
final class JvmServer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern ENDPOINT = Pattern.compile("ws://[^ ]+");

    private JvmServer() {}

    static Running start(String name, String classPath, String main, List<String> arguments, Ground ground) {
        return start(name, Child.java(flags(ground), classPath, main, arguments), ground);
    }

    /** Starts one by its command. */
    static Running start(String name, List<String> command, Ground ground) {
        Child child = Child.start(name + "-" + ground.topic(), command, ground.folder());
        try {
            Matcher endpoint = ENDPOINT.matcher(child.await("ws://", PATIENCE));
            if (!endpoint.find()) {
                throw new IllegalStateException("A line with ws:// has an address");
            }
            URI uri = URI.create(endpoint.group());
            return new Running(child, child.pid(), uri.getPort(), uri.getPath(), "kafka", ground.brokers());
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    /** The heap is touched in advance, so that resident memory grows only by other memory. */
    static List<String> flags(Ground ground) {
        return List.of(
                "-Xms" + ground.heapMiB() + "m",
                "-Xmx" + ground.heapMiB() + "m",
                "-XX:+AlwaysPreTouch",
                "-XX:+ExitOnOutOfMemoryError");
    }
}
