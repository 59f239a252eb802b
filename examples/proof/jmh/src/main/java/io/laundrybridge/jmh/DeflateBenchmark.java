package io.laundrybridge.jmh;

import io.laundrybridge.session.frame.RunDeflater;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures the compression of a run of 16 KiB into a frame, which happens once for all sessions at a place. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DeflateBenchmark {
    private static final int RUN_BYTES = 16 << 10;

    private final RunDeflater deflater = new RunDeflater();
    private final ByteBuffer run = run();

    /** Lines with different numbers, because equal lines would cost almost nothing. */
    private static ByteBuffer run() {
        Random random = new Random(16);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; lines.length() < RUN_BYTES; i++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"ch\":\"machines\",\"at\":\"0@%d\",\"ts\":%d,\"k\":\"site-7/washer-%d\",\"v\":{\"state\":\"rinsing\",\"temperature\":%.1f,\"drum\":{\"rpm\":%d,\"load\":%.2f},\"remaining\":%d}}\n",
                    i,
                    1_764_000_000_000L + i * 3L,
                    random.nextInt(100),
                    60 * random.nextDouble(),
                    10 * random.nextInt(140),
                    8 * random.nextDouble(),
                    random.nextInt(3_600)));
        }
        return ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII), 0, RUN_BYTES);
    }

    @Benchmark
    public byte[] frame() {
        return deflater.frame(run.duplicate());
    }

    @TearDown
    public void close() {
        deflater.close();
    }
}
