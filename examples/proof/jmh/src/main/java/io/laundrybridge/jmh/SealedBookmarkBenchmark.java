package io.laundrybridge.jmh;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.place.PlaceSecret;
import io.laundrybridge.session.place.Places;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the bookmark that ends each frame of a restricted session, sealed and, for comparison, open. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealedBookmarkBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final Places sealed = new Places(PlaceSecret.of("0123456789abcdef0123456789abcdef", null));
    private final Places open = new Places(null);
    private final PlaceOwner owner = new PlaceOwner("machines", "anna", "AAAAAAAAAAA", true);

    @Param({"1", "12"})
    int partitions;

    private PositionVector vector = PositionVector.ORIGIN;

    @Setup
    public void fills() {
        vector = PositionVector.of(
                LongStream.range(1_000_000, 1_000_000 + partitions).toArray());
    }

    @Benchmark
    public byte[] sealed() {
        return bookmark(sealed);
    }

    @Benchmark
    public byte[] open() {
        return bookmark(open);
    }

    private byte[] bookmark(Places places) {
        return ServerLine.bookmark("machines", places.write(owner, "AQEBAQEBAQEBAQEBAQEBAQ", NOW, vector));
    }
}
