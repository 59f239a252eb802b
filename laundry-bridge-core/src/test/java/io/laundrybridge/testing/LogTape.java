package io.laundrybridge.testing;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/** A logger that keeps its warnings. Thread-safe. */
public final class LogTape {
    private final List<String> warnings = new ArrayList<>();
    private final Logger logger = (Logger) Proxy.newProxyInstance(
            LogTape.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("warn")) {
                    keep(String.valueOf(arguments[0]));
                }
                return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
            });

    public Logger logger() {
        return logger;
    }

    private synchronized void keep(String warning) {
        warnings.add(warning);
    }

    /** What was warned of, oldest first. */
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }
}
