package io.laundrybridge.benchmark.process;

import java.io.IOException;
import java.util.Arrays;

/** Ends this process when its standard input does, which is when its parent closes it or is gone. */
public final class Tether {
    private Tether() {}

    /** Runs the main class that the first argument names, on this tether. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        hold();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    /**
     * Ties this process; at once, without shutdown hooks, for a server under load would take long over its goodbyes.
     */
    public static void hold() {
        Thread tether = new Thread(Tether::untilCut, "tether");
        tether.setDaemon(true);
        tether.start();
    }

    private static void untilCut() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said here: only that it ends counts.
            }
        } catch (IOException e) {
            // Cut as well.
        }
        Runtime.getRuntime().halt(0);
    }
}
