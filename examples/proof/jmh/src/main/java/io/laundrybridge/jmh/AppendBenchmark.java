package io.laundrybridge.jmh;

import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.StreamStart;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures an append to a full log, which evicts the oldest segment now and then. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AppendBenchmark {
    private final LogWriter writer =
            new LogWriter(new StreamStart("epoch", PositionVector.ORIGIN, PositionVector.ORIGIN), Retention.DEFAULT, 0);
    private final EventLine line;
    private long offset;

    public AppendBenchmark() {
        try {
            line = Encoding.json().encoder("machines").encode(Machine.record(0));
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public long append() {
        writer.append(line, Machine.record(offset++), 0);
        return writer.log().head();
    }
}
