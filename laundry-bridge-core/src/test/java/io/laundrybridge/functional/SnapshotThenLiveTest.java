package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotThenLiveTest {
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    @Test
    void everyKeyComesOnceAndThenWhatHappens() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey().retain(SMALL), sink -> sink)) {
            laundry.publish(0, 5_000);
            laundry.source().publish("m-3", null);
            laundry.publish(5_000, 1);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            String end = client.await("\"state\":\"end\"");
            assertThat(Wire.numbers(client.events()))
                    .containsExactly(4_991, 4_992, 4_994, 4_995, 4_996, 4_997, 4_998, 4_999, 5_000);
            assertThat(end).contains("\"count\":9").contains(":0@5002\"");
            laundry.publish(5_001, 3);
            assertThat(Wire.numbers(client.awaitEvents(12)).subList(9, 12)).containsExactly(5_001, 5_002, 5_003);
            assertThat(kinds(client.lines()))
                    .containsSubsequence("subscribed", "begin", "event", "end", "live", "event");
        }
    }

    @Test
    void anEmptyChannelShowsAnEmptySnapshotAtOnce() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            assertThat(client.await("\"state\":\"end\"")).contains("\"count\":0");
            client.await("\"op\":\"live\"");
        }
    }

    @Test
    void onlySelectedKeysAreShownAndCounted() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            laundry.publish(0, 30);
            SessionProbe client =
                    SessionProbe.full(laundry.sink()).subscribe("machines", ",\"keys\":[\"m-1\",\"m-2\"]");
            assertThat(client.await("\"state\":\"end\"")).contains("\"count\":2");
            client.subscribe("machines", ",\"keys\":[\"m-4\"]");
            assertThat(client.await("another end", line -> line.contains("\"count\":1}")))
                    .isNotEmpty();
        }
    }

    /**
     * The image is at most a second old, and no time passes here: a new one is made only because of what the session
     * has seen.
     */
    @Test
    void aSnapshotIsNeverOlderThanWhatTheSessionHasSeen() {
        HostServices timeless = HostServices.standard().withClock(InstantSource.system(), () -> 0);
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey().services(timeless), sink -> sink)) {
            laundry.publish(0, 1);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            laundry.publish(10, 1);
            client.awaitEvents(2);
            client.subscribe("machines", ",\"keys\":[\"m-0\"]");
            assertThat(Wire.numbers(client.awaitEvents(3))).containsExactly(0, 10, 10);
        }
    }

    @Test
    void aPositionThatMemoryHasLeftGetsTheStateInstead() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey().retain(SMALL), sink -> sink)) {
            SessionProbe first = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            String head = Wire.head(first.await("\"op\":\"subscribed\""));
            laundry.publish(0, 5_000);
            SessionProbe again =
                    SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"at:" + head + ":0@10\"");
            assertThat(again.await("\"state\":\"end\"")).contains("\"count\":10");
            assertThat(again.await("\"op\":\"subscribed\"")).contains("\"recovered\":false");
        }
    }

    @Test
    void moreStateThanAllowedIsRefusedWithASentenceAndTheStreamGoesOn() {
        try (Laundry laundry =
                Laundry.open(channel -> channel.latestByKey(new StateLimits(5, 1 << 20)), sink -> sink)) {
            laundry.publish(0, 20);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            assertThat(client.await("\"op\":\"error\""))
                    .contains("limit_exceeded")
                    .contains("state-keys");
            client.subscribe("machines", ",\"from\":\"live\"");
            client.await("\"op\":\"live\"");
            laundry.publish(20, 1);
            assertThat(Wire.numbers(client.awaitEvents(1))).containsExactly(20);
        }
    }

    @Test
    void aValueThatCannotBeReadLeavesTheSameKeysOnOpenPagesAndNewOnes() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            laundry.publish(0, 3);
            SessionProbe open = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            open.await("\"op\":\"live\"");
            laundry.source().publish("m-1", "");
            laundry.source().publish("m-2", "null");
            laundry.publish(3, 1);
            open.awaitEvents(5);
            assertThat(open.await("\"op\":\"gap\"")).contains("undecodable");
            SessionProbe fresh = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            fresh.await("\"op\":\"live\"");
            fresh.await("the newest", line -> line.endsWith("{\"n\":3}}"));
            assertThat(keys(fresh)).isEqualTo(keys(open)).containsExactlyInAnyOrder("m-0", "m-1", "m-3");
        }
    }

    private static Set<String> keys(SessionProbe client) {
        Set<String> keys = new HashSet<>();
        for (String event : client.events()) {
            String key = event.replaceAll(".*\"k\":\"([^\"]*)\".*", "$1");
            if (event.endsWith("\"v\":null}")) {
                keys.remove(key);
            } else {
                keys.add(key);
            }
        }
        return keys;
    }

    @Test
    void plainClientsGetTheValues() {
        try (Laundry laundry = Laundry.open(channel -> channel.latestByKey(), sink -> sink)) {
            laundry.publish(0, 20);
            SessionProbe plain = SessionProbe.plain(laundry.sink(), Map.of());
            plain.await("the last value", line -> line.equals("{\"n\":19}"));
            assertThat(Wire.numbers(plain.lines())).containsExactlyElementsOf(Wire.range(10, 20));
        }
    }

    private static List<String> kinds(List<String> lines) {
        return lines.stream()
                .map(line -> line.startsWith("{\"ch\"")
                        ? "event"
                        : line.replaceAll("\\{\"op\":\"(?:snapshot\".*\"state\":\")?(\\w+).*", "$1"))
                .toList();
    }
}
