package io.laundrybridge.testing;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;

/** A logger that keeps its lines. Thread-safe. */
public final class LogTape {
    private static final Set<String> LEVELS = Set.of("error", "warn", "info");

    private final List<String> lines = new ArrayList<>();
    private final Logger logger = (Logger) Proxy.newProxyInstance(
            LogTape.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                if (LEVELS.contains(method.getName())) {
                    keep(method.getName().toUpperCase(Locale.ROOT) + " " + arguments[0]);
                }
                return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
            });

    public Logger logger() {
        return logger;
    }

    private synchronized void keep(String line) {
        lines.add(line);
    }

    /** Level and message of each line, oldest first. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** What was warned of, oldest first. */
    public List<String> warnings() {
        return lines().stream()
                .filter(line -> line.startsWith("WARN "))
                .map(line -> line.substring("WARN ".length()))
                .toList();
    }
}
