package io.laundrybridge.example.database.streams;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Forwards a machine when its alarm begins or becomes another one, and its deletion when the alarm ends. */
final class AlarmProcessor implements Processor<byte[], MachineReport, String, @Nullable MachineAlarm> {
    static final String STORE = "alarms";

    private @Nullable ProcessorContext<String, @Nullable MachineAlarm> context;
    private @Nullable KeyValueStore<String, MachineAlarm> alarms;

    @Override
    public void init(ProcessorContext<String, @Nullable MachineAlarm> given) {
        context = given;
        alarms = given.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], MachineReport> record) {
        MachineReport report = record.value();
        KeyValueStore<String, MachineAlarm> known = Objects.requireNonNull(alarms);
        MachineAlarm before = known.get(report.machine());
        String text = report.alarm() == null ? "unknown" : report.alarm();
        if (!report.inAlarm()) {
            if (before != null) {
                known.delete(report.machine());
                forward(record, null);
            }
        } else if (before == null || !before.alarm().equals(text)) {
            MachineAlarm alarm = new MachineAlarm(
                    report.machine(), report.site(), text, report.at().toString());
            known.put(report.machine(), alarm);
            forward(record, alarm);
        }
    }

    private void forward(Record<byte[], MachineReport> record, @Nullable MachineAlarm alarm) {
        Objects.requireNonNull(context).forward(new Record<>(record.value().machine(), alarm, record.timestamp()));
    }
}
