package io.laundrybridge.benchmark;

import io.laundrybridge.encode.EncodedLine;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A record becomes a line: once, whatever the number of readers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
    private final LineEncoder encoder = Encoding.json().encoder("machines");
    private long offset;

    @Benchmark
    public EncodedLine json() throws UndecodableException {
        return encoder.encode(Machine.record(offset++));
    }
}
