package io.laundrybridge.benchmark.process;

import java.io.File;
import java.io.IOException;
import java.util.List;

/** Ties another program: prints its process id, and ends it when standard input ends. */
public final class TetheredProgram {
    private TetheredProgram() {}

    /** Arguments: the program's log, then its command. */
    public static void main(String[] arguments) throws IOException {
        List<String> command = List.of(arguments).subList(1, arguments.length);
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(arguments[0]))
                .start();
        System.out.println("pid " + program.pid());
        try {
            while (System.in.read() >= 0 && program.isAlive()) {
                // the input has no content: only its end counts
            }
        } finally {
            program.destroyForcibly();
        }
    }
}
