package io.laundrybridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests when a producer that finds no broker is replaced, in virtual time. */
class ProducerSlotTest {
    private final AtomicLong now = new AtomicLong(1);
    private final ProducerSlot slot = new ProducerSlot(
            ProducerSettings.of("t", Map.of("bootstrap.servers", "127.0.0.1:1")),
            HostServices.standard().withClock(InstantSource.system(), now::get));

    @AfterEach
    void closesItsProducer() {
        slot.end();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Waits for a moment at which the producer does not try to connect. */
    private void awaitReplaced() {
        Await.until("the producer is replaced", Duration.ofSeconds(30), slot::replaceIfLost);
    }

    @Test
    void aProducerWithoutAnswerIsReplacedAfterMinutesEachTimeAfterLonger() {
        LiveProducer first = slot.producer();
        pass(Duration.ofHours(1));
        assertThat(slot.replaceIfLost()).isFalse();

        slot.unanswered();
        pass(Duration.ofMinutes(2).minusMillis(1));
        slot.unanswered();
        assertThat(slot.replaceIfLost()).isFalse();
        pass(Duration.ofMillis(1));
        awaitReplaced();
        assertThat(slot.isEmpty()).isTrue();

        pass(Duration.ofSeconds(1));
        assertThat(slot.producer()).isNotNull().isNotSameAs(first);
        slot.unanswered();
        pass(Duration.ofMinutes(2));
        assertThat(slot.replaceIfLost()).isFalse();
        pass(Duration.ofMinutes(2));
        awaitReplaced();
    }

    @Test
    void aProducerThatWasAnsweredStays() {
        LiveProducer live = slot.producer();
        slot.unanswered();
        slot.answered();
        pass(Duration.ofHours(1));
        assertThat(slot.replaceIfLost()).isFalse();
        assertThat(slot.producer()).isSameAs(live);
    }
}
