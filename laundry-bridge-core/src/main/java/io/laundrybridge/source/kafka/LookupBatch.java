package io.laundrybridge.source.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaFuture;

/**
 * Questions of one kind that go to the cluster in one request, each with an answer of its own. A question that is asked
 * twice is sent once. Confined to the thread that asks.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
final class LookupBatch<Q, A> {
    private final Map<Q, CompletableFuture<A>> answers = new LinkedHashMap<>();
    private int unanswered;

    CompletableFuture<A> ask(Q question) {
        return answers.computeIfAbsent(question, unknown -> {
            unanswered++;
            return new CompletableFuture<>();
        });
    }

    Set<Q> questions() {
        return answers.keySet();
    }

    boolean isAnswered() {
        return unanswered == 0;
    }

    /** Receives the answers of {@code sent}. Each is completed by a task that is given to {@code tasks}. */
    void receive(Map<Q, ? extends KafkaFuture<A>> sent, Consumer<Runnable> tasks) {
        answers.forEach((question, answer) -> {
            KafkaFuture<A> coming = sent.get(question);
            if (coming == null) {
                fail(answer, new IllegalStateException("Kafka's client has no answer about " + question));
            } else {
                coming.toCompletionStage()
                        .whenComplete((value, failure) -> tasks.accept(() -> complete(answer, value, failure)));
            }
        });
    }

    private void complete(CompletableFuture<A> answer, A value, Throwable failure) {
        if (answer.isDone()) {
            return;
        }
        unanswered--;
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private void fail(CompletableFuture<A> answer, Throwable failure) {
        if (!answer.isDone()) {
            unanswered--;
            answer.completeExceptionally(failure);
        }
    }

    /** Gives up the questions that Kafka's client has not answered. */
    void expire() {
        TimeoutException late = new TimeoutException("Kafka's client does not answer");
        List.copyOf(answers.values()).forEach(answer -> fail(answer, late));
    }
}
