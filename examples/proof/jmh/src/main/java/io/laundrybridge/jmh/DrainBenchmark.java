package io.laundrybridge.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the cost of a delivery before the container: one event is published, and 200 sessions hand it to a transport
 * that does nothing. Time and memory are per delivery, with a two-hundredth of the event's own cost.
 *
 * <p>If sessions are cold, other memory is read between two events, as a kernel and other processes do. The number of
 * memory locations that a delivery touches then decides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DrainBenchmark {
    private static final int SESSIONS = 200;

    /** The selection of sessions: everything, or the key of every event. */
    @Param({"", ",\"keys\":[\"site-7/washer-12\"]"})
    public String selection;

    /** Whether the processor's caches are used for something else between two events. */
    @Param({"false", "true"})
    public boolean cold;

    private final byte[] elsewhere = new byte[32 << 20];
    private Workshop workshop;

    @Setup(Level.Invocation)
    public void cool() {
        for (int i = 0; cold && i < elsewhere.length; i += 64) {
            elsewhere[i]++;
        }
    }

    @Setup
    public void open() {
        workshop = new Workshop(SESSIONS, number -> selection);
    }

    @TearDown
    public void close() {
        workshop.close();
    }

    @Benchmark
    @OperationsPerInvocation(SESSIONS)
    public long delivery() {
        workshop.publish(Machine.key(), Machine.value());
        return workshop.drain();
    }
}
