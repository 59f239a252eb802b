package io.laundrybridge.publish;

import io.laundrybridge.host.HostServices;
import java.util.concurrent.CompletionStage;

/**
 * The destination of records that clients publish, for example a topic of Kafka. Channels may share one. Thread-safe.
 */
public interface RecordSink {

    /** {@return the destination's name in logs, thread names and meters, for example the topic} */
    String name();

    /**
     * Opens a connection to the destination. Returns at once; a destination that cannot be reached is tried again.
     *
     * @param services threads, clocks and telemetry of the host
     * @return the connection, which the caller closes
     */
    Connection connect(HostServices services);

    /** An open connection to the destination. Thread-safe. */
    interface Connection extends AutoCloseable {

        /**
         * Stores {@code record}. Never blocks and never calls back before it returns.
         *
         * @param record the record to store
         * @return the record's place once it is stored for good; fails with a {@link PublishException}. It always
         *     completes: an outcome that stays unknown is one too
         */
        CompletionStage<RecordPlace> send(OutgoingRecord record);

        /** {@return why nothing can be stored at present, in one sentence; "" if nothing is known to be wrong} */
        String trouble();

        /** Waits up to about two seconds for what was sent; the rest fails with {@code OUTCOME_UNKNOWN}. Idempotent. */
        @Override
        void close();
    }
}
