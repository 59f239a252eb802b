package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Decides what a failed poll means. Trouble of the cluster concerns all topics. A topic with trouble of its own leaves
 * the reader that it shares; a reader of its own handles it. Confined to the poll thread.
 */
final class PollFailures {

    /**
     * The pause after a denial. It is short because the client only goes on while it is polled, and needs several polls
     * to notice that access is allowed again.
     */
    private static final Duration DENIED_REST = Duration.ofMillis(500);

    private static final int POLLS_TO_NAME = 3;

    private final boolean isShared;

    PollFailures(boolean isShared) {
        this.isShared = isShared;
    }

    /** Handles {@code failure}, or throws it if reading has to begin again. */
    void handle(RuntimeException failure, List<TopicReader> topics) {
        if (failure instanceof WakeupException) {
            return; // a task was posted: it runs before the next turn
        }
        if (failure instanceof InterruptException || !(failure instanceof KafkaException kafka)) {
            throw failure;
        }
        if (failure instanceof OffsetOutOfRangeException astray) {
            strayed(astray, topics);
        } else if (failure instanceof AuthorizationException || failure instanceof AuthenticationException) {
            denied(failure, topics);
        } else {
            failed(kafka, topics);
        }
    }

    private static void strayed(OffsetOutOfRangeException astray, List<TopicReader> topics) {
        Set<String> names =
                astray.partitions().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        List<TopicReader> strayed = named(names, topics);
        if (strayed.isEmpty()) {
            throw astray;
        }
        strayed.forEach(each -> each.reading().astray(astray));
    }

    private void denied(RuntimeException failure, List<TopicReader> topics) {
        List<TopicReader> own = failure instanceof TopicAuthorizationException denial
                ? named(denial.unauthorizedTopics(), topics)
                : List.of();
        own.forEach(each -> each.residence().trouble("Kafka does not let the bridge read it"));
        (own.isEmpty() ? topics : own)
                .forEach(each -> each.reading().pollingFailed(StaleCause.of(each.topic(), failure), DENIED_REST));
    }

    private void failed(KafkaException failure, List<TopicReader> topics) {
        for (TopicReader each : topics) {
            if (each.reading().faults().concern(failure)) {
                faultOf(each, failure);
                return;
            }
        }
        if (!KafkaSettings.areWrong(failure)) {
            throw failure;
        }
        topics.forEach(each -> each.reading().refused(failure));
    }

    private void faultOf(TopicReader topic, KafkaException failure) {
        if (isShared) {
            topic.residence().trouble("a record cannot be read");
        } else {
            topic.reading().faults().handled(failure);
        }
    }

    /**
     * Handles an error that names no record. Only a reader of one topic can find the record, so the topic leaves. The
     * next poll of the same consumer names its partition.
     *
     * @return whether the consumer is of no use any more
     */
    boolean handle(Error error, LiveConsumer reader, List<TopicReader> topics) {
        if (!isShared) {
            topics.forEach(each -> each.reading().faults().suspect(error));
            return false;
        }
        for (int i = 0; i < POLLS_TO_NAME; i++) {
            try {
                reader.poll(Duration.ZERO);
            } catch (WakeupException e) {
                // a task was posted; the next poll is undisturbed
            } catch (KafkaException e) {
                List<TopicReader> found = topics.stream()
                        .filter(each -> each.reading().faults().concern(e))
                        .toList();
                leave(found.isEmpty() ? topics : found);
                return true;
            } catch (Error again) {
                break;
            }
        }
        leave(topics);
        return true;
    }

    private static void leave(List<TopicReader> topics) {
        topics.forEach(each -> each.residence().trouble("a record cannot be read on this node"));
    }

    private static List<TopicReader> named(Set<String> names, List<TopicReader> topics) {
        return topics.stream().filter(each -> names.contains(each.topic())).toList();
    }
}
