package io.laundrybridge.source.kafka;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import java.util.List;

/**
 * Records the calls of a source in a list of the JDK, which can be read from outside of {@link IsolatedClasses}.
 *
 * @param calls safe for use by several threads
 */
record CallRecorder(List<String> calls) implements RecordHandler {
    @Override
    public void opened(StreamStart start) {
        calls.add("opened");
    }

    @Override
    public void record(SourceRecord record) {
        calls.add(record.partition() + "@" + record.offset());
    }

    @Override
    public void gap(Gap gap) {
        calls.add(gap.toString());
    }

    @Override
    public void batchEnd(PositionVector progress) {}

    @Override
    public void live() {
        calls.add("live");
    }

    @Override
    public void stale(String reason) {
        calls.add("stale " + reason);
    }

    @Override
    public void fresh() {
        calls.add("fresh");
    }

    @Override
    public void reset(ResetReason reason, StreamStart start) {
        calls.add("reset " + reason);
    }

    @Override
    public void failed(Throwable cause) {
        calls.add("failed " + cause);
    }
}
