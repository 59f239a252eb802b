package io.laundrybridge.benchmark.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cost of one virtual machine's compilers so far. Known on Linux alone, elsewhere 0. */
record CompilerThreads(long pid) {

    /** Returns the processor time of all present compilers, in microseconds. */
    long cpuMicros() {
        long micros = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                micros += cpuMicros(thread);
            }
        } catch (IOException notLinuxOrGone) {
            return micros;
        }
        return micros;
    }

    private static long cpuMicros(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] CompilerThre.*\\R")
                    ? Long.parseLong(Files.readString(thread.resolve("schedstat"))
                                    .split(" ", -1)[0])
                            / 1_000
                    : 0;
        } catch (IOException ended) {
            return 0;
        }
    }
}
