package io.laundrybridge.sink.kafka;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.sink.kafka.SendFailures.Evidence;
import io.laundrybridge.sink.kafka.SendFailures.Verdict;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Tells records, their topics and the loop what became of a send. Confined to the send loop, except {@link #stored}.
 */
final class SendOutcomes {
    private static final int REPEATS = 3;

    private final SendQueue queue;
    private final Consumer<LiveProducer> broken;

    /** Makes outcomes; {@code broken} replaces a producer that is of no more use. */
    SendOutcomes(SendQueue queue, Consumer<LiveProducer> broken) {
        this.queue = queue;
        this.broken = broken;
    }

    /** Kafka has the record. Called by Kafka's thread. */
    static void stored(PendingSend send, RecordMetadata metadata) {
        send.topic().stored();
        if (metadata.hasOffset()) {
            send.stored(new RecordPlace(metadata.partition(), metadata.offset(), PositionVector.NO_EPOCH));
        } else {
            unknown(send);
        }
    }

    static void unknown(PendingSend send) {
        send.failed(new PublishException(Failure.OUTCOME_UNKNOWN, SendFailures.unknown()));
    }

    static void unavailable(PendingSend send) {
        send.failed(new PublishException(Failure.UNAVAILABLE, SendFailures.notNow()));
    }

    /** Kafka did not name the topic. */
    void missed(TopicState topic, Throwable failure, LiveProducer by) {
        Verdict why = SendFailures.judge(topic.name(), failure, Evidence.NOT_SENT);
        topic.missed(why, failure);
        if (why.breaks()) {
            broken.accept(by);
        }
    }

    /** The producer did not take the record. */
    void notSent(PendingSend send, Throwable failure, LiveProducer by) {
        Verdict why = SendFailures.judge(send.topic().name(), failure, Evidence.NOT_SENT);
        if (why.failure() == Failure.UNAVAILABLE) {
            send.topic().missed(why, failure);
        }
        settle(send, why, failure, by);
    }

    /** The producer gave the record up, or Kafka refused it. */
    void judge(FailureReports.Report report) {
        PendingSend send = report.send();
        LiveProducer.Trace after = report.by().trace();
        Evidence evidence = Evidence.NONE;
        if (report.before().nothingSentUntil(after)) {
            evidence = Evidence.NOT_SENT;
        } else if (report.before().noAnswerLostUntil(after)) {
            evidence = Evidence.ANSWERED;
        }
        if (SendFailures.isOfBatch(report.failure()) && isWorthARepeat(send)) {
            queue.again(send);
            return;
        }
        Verdict why = SendFailures.judge(send.topic().name(), report.failure(), evidence);
        settle(send, why, report.failure(), report.by());
    }

    /** Kafka refuses a batch because of one record in it, and does not always tell which. */
    private static boolean isWorthARepeat(PendingSend send) {
        if (!send.hasKey()) {
            send.topic().refusedWithoutKey();
            return false;
        }
        return send.mayRepeat(REPEATS);
    }

    private void settle(PendingSend send, Verdict why, Throwable failure, LiveProducer by) {
        if (why.isTrouble()) {
            send.topic().refused(why, failure);
        }
        if (why.breaks()) {
            broken.accept(by);
        }
        send.failed(why.toException());
    }
}
