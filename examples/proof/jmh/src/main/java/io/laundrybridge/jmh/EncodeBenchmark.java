package io.laundrybridge.jmh;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.filter.FilterFields;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the encoding of a record into a line, once for all readers. Declared fields are extracted too. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
    /** How many fields the channel declares for filters. */
    @Param({"0", "3"})
    public int filterFields;

    private LineEncoder encoder = Encoding.json().encoder("machines");
    private long offset;

    @Setup
    public void declare() {
        FilterFields declared = FilterFields.of(Machine.FIELDS.subList(0, filterFields));
        encoder = Encoding.json().filterFields(declared).encoder("machines");
    }

    @Benchmark
    public EventLine json() throws UndecodableException {
        return encoder.encode(Machine.record(offset++));
    }
}
