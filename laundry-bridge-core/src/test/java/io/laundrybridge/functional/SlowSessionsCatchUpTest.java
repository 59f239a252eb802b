package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowSessionsCatchUpTest {
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    @Test
    void missedEventsOfASlowSessionAreReplayed() {
        try (Laundry laundry = Laundry.open(channel -> channel.retain(SMALL), sink -> sink)) {
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            slow.await("\"op\":\"live\"");
            slow.stopReading();
            laundry.publish(0, 5_000);
            slow.readAgain();
            assertThat(Wire.numbers(slow.awaitEvents(5_000))).containsExactlyElementsOf(Wire.range(0, 5_000));
            laundry.publish(5_000, 10);
            assertThat(Wire.numbers(slow.awaitEvents(5_010))).containsExactlyElementsOf(Wire.range(0, 5_010));
            assertThat(slow.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        }
    }

    @Test
    void anOldPositionIsServedWholeAndThenLive() {
        try (Laundry laundry = Laundry.open(channel -> channel.retain(SMALL), sink -> sink)) {
            SessionProbe first = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            String head = Wire.head(first.await("\"op\":\"subscribed\""));
            laundry.publish(0, 5_000);
            SessionProbe again = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"from\":\"at:" + head + ":0@17\",\"keys\":[\"m-1\"]");
            assertThat(again.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
            again.await("\"op\":\"live\"");
            assertThat(Wire.numbers(again.events()))
                    .containsExactlyElementsOf(Wire.range(17, 5_000).stream()
                            .filter(n -> n % 10 == 1)
                            .toList());
        }
    }

    @Test
    void beyondTheBudgetIsAnHonestGapAndTheRestIsRead() {
        try (Laundry laundry =
                Laundry.open(channel -> channel.retain(SMALL).replay(new ReplayBudget(1_000, 1 << 20)), sink -> sink)) {
            laundry.publish(0, 5_000);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"earliest\"");
            client.await("\"op\":\"live\"");
            int first = Wire.number(client.events().get(0));
            assertThat(first).isBetween(2_000, 4_000);
            assertThat(client.await("\"op\":\"gap\""))
                    .contains("\"reason\":\"limit\"")
                    .contains("\"to\":\"0@" + first + "\"");
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(first, 5_000));
        }
    }

    @Test
    void plainClientsCatchUpToo() {
        try (Laundry laundry = Laundry.open(channel -> channel.retain(SMALL), sink -> sink)) {
            SessionProbe slow = SessionProbe.plain(laundry.sink(), Map.of("from", List.of("earliest")));
            laundry.publish(0, 1);
            slow.await("{\"n\":0}");
            slow.stopReading();
            laundry.publish(1, 5_000);
            slow.readAgain();
            slow.await("the last value", line -> line.equals("{\"n\":5000}"));
            assertThat(Wire.numbers(slow.lines())).containsExactlyElementsOf(Wire.range(0, 5_001));
        }
    }
}
