package io.laundrybridge.benchmark.process;

import java.io.IOException;
import java.util.Arrays;

/** Ends this process when its standard input ends: its parent closed it or has ended. */
public final class Tether {
    private Tether() {}

    /** Runs the main class that the first argument names, on this tether. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        hold();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    /**
     * Ties this process. It ends at once, without shutdown hooks, because goodbyes of a server under load take long.
     */
    public static void hold() {
        Thread tether = new Thread(Tether::untilCut, "tether");
        tether.setDaemon(true);
        tether.start();
    }

    private static void untilCut() {
        try {
            while (System.in.read() >= 0) {
                // the input has no content: only its end counts
            }
        } catch (IOException e) {
            // the input was cut
        }
        Runtime.getRuntime().halt(0);
    }
}
