package io.laundrybridge.jmh;

import io.laundrybridge.config.Settings;
import io.laundrybridge.encode.Encoding;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.Filter;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.filter.FilterParser;
import io.laundrybridge.limits.FilterLimits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures a filter on a record with extracted fields; each worker does this once per distinct filter. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {
    /** One comparison, or all three of them; the record fulfils each. */
    @Param({"eq", "in", "gt", "and"})
    public String operator;

    private FieldValues values = FieldValues.NOTHING;
    private Filter filter = new Filter.Exists(0);

    @Setup
    public void parse() throws UndecodableException {
        FilterFields declared = FilterFields.of(Machine.FIELDS);
        values = Objects.requireNonNull(Encoding.json()
                .filterFields(declared)
                .encoder("machines")
                .encode(Machine.record(0))
                .fields());
        FilterLimits limits = FilterLimits.from(Settings.of(Map.of()));
        filter = FilterParser.parse(where(operator), "machines", declared, limits);
        if (!matches()) {
            throw new IllegalStateException("The record is meant by " + filter);
        }
    }

    private static Map<String, Object> where(String operator) {
        return switch (operator) {
            case "eq" -> Map.of("eq", List.of("/water/inlet", true));
            case "in" -> Map.of("in", List.of("/state", List.of("washing", "rinsing", "spinning")));
            case "gt" -> Map.of("gt", List.of("/temperature", new BigDecimal("30.5")));
            default -> Map.of("and", List.of(where("eq"), where("in"), where("gt")));
        };
    }

    @Benchmark
    public boolean matches() {
        return Filter.matches(filter, values);
    }
}
