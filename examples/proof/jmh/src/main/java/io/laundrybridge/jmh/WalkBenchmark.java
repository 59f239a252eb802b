package io.laundrybridge.jmh;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures a worker's walk over new entries: each session subscribes to its own key, one event of one key is published,
 * and one session sends it. The cost should not depend on the number of sessions.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WalkBenchmark {
    @Param({"10", "1000"})
    public int interests;

    private byte[][] keys = {};
    private Workshop workshop;
    private int next;

    @Setup
    public void open() {
        keys = new byte[interests][];
        for (int i = 0; i < interests; i++) {
            keys[i] = key(i).getBytes(StandardCharsets.UTF_8);
        }
        workshop = new Workshop(interests, number -> ",\"keys\":[\"" + key(number) + "\"]");
    }

    private static String key(int number) {
        return "site-7/washer-" + number;
    }

    @TearDown
    public void close() {
        workshop.close();
    }

    @Benchmark
    public long event() {
        next = next + 1 < interests ? next + 1 : 0;
        workshop.publish(keys[next], Machine.value());
        return workshop.drain();
    }
}
