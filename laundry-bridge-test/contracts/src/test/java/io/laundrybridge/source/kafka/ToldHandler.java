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
 * @param told safe for use by several threads
 */
record ToldHandler(List<String> told) implements RecordHandler {
    @Override
    public void opened(StreamStart start) {
        told.add("opened");
    }

    @Override
    public void record(SourceRecord record) {
        told.add(record.partition() + "@" + record.offset());
    }

    @Override
    public void gap(Gap gap) {
        told.add(gap.toString());
    }

    @Override
    public void batchEnd(PositionVector progress) {}

    @Override
    public void live() {
        told.add("live");
    }

    @Override
    public void stale(String reason) {
        told.add("stale " + reason);
    }

    @Override
    public void fresh() {
        told.add("fresh");
    }

    @Override
    public void reset(ResetReason reason, StreamStart start) {
        told.add("reset " + reason);
    }

    @Override
    public void failed(Throwable cause) {
        told.add("failed " + cause);
    }
}
