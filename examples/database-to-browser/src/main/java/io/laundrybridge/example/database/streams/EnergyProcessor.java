package io.laundrybridge.example.database.streams;

import java.math.BigDecimal;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the energy that a machine used between two reports, under the programme that ran. A machine's meter only
 * counts up: a report that is read late adds nothing.
 */
final class EnergyProcessor implements Processor<byte[], MachineReport, String, BigDecimal> {
    static final String STORE = "meters";

    private @Nullable ProcessorContext<String, BigDecimal> context;
    private @Nullable KeyValueStore<String, Meter> meters;

    /** A machine's meter as of its last report. */
    record Meter(BigDecimal energyKwh, @Nullable String programme) {}

    @Override
    public void init(ProcessorContext<String, BigDecimal> given) {
        context = given;
        meters = given.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], MachineReport> record) {
        MachineReport report = record.value();
        KeyValueStore<String, Meter> known = Objects.requireNonNull(meters);
        Meter before = known.get(report.machine());
        if (before != null && report.energyKwh().compareTo(before.energyKwh()) < 0) {
            return;
        }
        known.put(report.machine(), new Meter(report.energyKwh(), report.programme()));
        String programme = before == null || before.programme() == null ? report.programme() : before.programme();
        if (before != null && programme != null) {
            BigDecimal used = report.energyKwh().subtract(before.energyKwh());
            if (used.signum() > 0) {
                Objects.requireNonNull(context).forward(new Record<>(programme, used, record.timestamp()));
            }
        }
    }
}
