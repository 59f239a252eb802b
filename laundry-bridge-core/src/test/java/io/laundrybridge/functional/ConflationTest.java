package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Retention;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConflationTest {

    @Test
    void aSlowSessionGetsTheNewestOfEachKeyAndNothingOlder() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            slow.await("\"op\":\"live\"");
            slow.stopReading();
            laundry.publish(0, 5_000);
            slow.readAgain();
            awaitNumber(slow, 4_999);
            assertThat(slow.events().size())
                    .as("a frame of 64 KiB at most was in flight")
                    .isLessThan(1_000);
            assertThat(newestOf(slow.events())).containsExactlyEntriesOf(newestOf(4_990, 5_000));
        }
    }

    @Test
    void aSessionThatFallsOffTheLogIsShownTheStateAnew() {
        Retention small = Retention.of(Duration.ofMinutes(10), 64 << 10);
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey().retain(small), sink -> sink)) {
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            slow.await("\"op\":\"live\"");
            slow.stopReading();
            laundry.publish(0, 5_000);
            slow.readAgain();
            slow.await("a second snapshot", line -> line.contains("\"count\":10"));
            assertThat(newestOf(slow.events())).containsExactlyEntriesOf(newestOf(4_990, 5_000));
            assertThat(slow.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        }
    }

    @Test
    void everyIntervalBringsTheNewestOfEachKeyThatChanged() {
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"every\":100");
            client.await("\"op\":\"live\"");
            laundry.publish(0, 3_000);
            awaitNumber(client, 2_999);
            List<Integer> numbers = Wire.numbers(client.events());
            assertThat(numbers).isSorted();
            assertThat(newestOf(client.events())).containsExactlyEntriesOf(newestOf(2_990, 3_000));
            assertThat(numbers.size()).as("at most 10 keys an interval").isLessThan(1_500);
            assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        }
    }

    private static void awaitNumber(SessionProbe client, int number) {
        Await.until(
                "event " + number,
                Duration.ofSeconds(10),
                () -> client.events().stream().anyMatch(event -> Wire.number(event) == number));
    }

    private static Map<Integer, Integer> newestOf(List<String> events) {
        Map<Integer, Integer> newest = new HashMap<>();
        for (int number : Wire.numbers(events)) {
            newest.merge(number % 10, number, Math::max);
        }
        return newest;
    }

    private static Map<Integer, Integer> newestOf(int from, int to) {
        Map<Integer, Integer> newest = new HashMap<>();
        Wire.range(from, to).forEach(number -> newest.put(number % 10, number));
        return newest;
    }
}
