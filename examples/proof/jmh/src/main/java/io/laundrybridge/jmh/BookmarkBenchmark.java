package io.laundrybridge.jmh;

import io.laundrybridge.channel.log.Cursor;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the place of a bookmark for a reader {@code entries} after the beginning of a segment. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BookmarkBenchmark {
    private final LogWriter writer =
            new LogWriter(new StreamStart("epoch", PositionVector.ORIGIN, PositionVector.ORIGIN), Retention.DEFAULT, 0);

    @Param({"10", "60", "700"})
    int entries;

    private Cursor cursor = Cursor.before(writer.log(), 0);

    @Setup
    public void fills() throws UndecodableException {
        EventLine line = Encoding.json().encoder("machines").encode(Machine.record(0));
        for (int offset = 0; offset <= entries; offset++) {
            writer.append(line, Machine.record(offset), 0);
        }
        cursor = Cursor.before(writer.log(), entries);
    }

    @Benchmark
    public PositionVector place() {
        return cursor.position();
    }
}
