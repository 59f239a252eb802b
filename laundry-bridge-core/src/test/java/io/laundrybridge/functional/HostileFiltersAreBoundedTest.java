package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Excessive requests get an error or a close code that names the limit; meanwhile another client gets every event. */
class HostileFiltersAreBoundedTest {
    private final Laundry laundry = Laundry.open(channel -> channel.filterFields("/n"), sink -> sink.workers(1));
    private final SessionProbe other = SessionProbe.full(laundry.sink());
    private final SessionProbe hostile = SessionProbe.full(laundry.sink());

    @BeforeEach
    void anotherClientListens() {
        other.subscribe("machines", ",\"keys\":[\"m-1\"],\"where\":{\"ge\":[\"/n\",0]}")
                .await("\"op\":\"live\"");
    }

    @AfterEach
    void theOtherClientHasNoticedNothing() {
        laundry.publish(0, 50);
        assertThat(Wire.numbers(other.awaitEvents(5))).containsExactly(1, 11, 21, 31, 41);
        assertThat(other.closeCode()).isZero();
        laundry.close();
    }

    private void refuses(String rest, String... sentences) {
        hostile.subscribe("machines", rest);
        assertThat(hostile.await("\"op\":\"error\"")).contains(sentences);
        assertThat(hostile.closeCode()).isZero();
        hostile.say("{\"op\":\"ping\",\"id\":9}").await("pong");
    }

    @Test
    void aFilterOfDepth100() {
        String deep = "{\"not\":".repeat(99) + "{\"eq\":[\"/n\",1]}" + "}".repeat(99);
        refuses(",\"where\":" + deep, "bad_filter", "nested more than 4 deep", "laundry-bridge.limits.filter-depth");
    }

    @Test
    void aFilterDeeperThanAnyStack() {
        String deep = "{\"not\":".repeat(1_500) + "1" + "}".repeat(1_500);
        hostile.subscribe("machines", ",\"where\":" + deep);
        assertThat(hostile.awaitClose()).isEqualTo(4400);
    }

    @Test
    void aFilterOf33Operators() {
        String wide = IntStream.range(0, 32)
                .mapToObj(n -> "{\"eq\":[\"/n\"," + n + "]}")
                .collect(Collectors.joining(","));
        refuses(",\"where\":{\"or\":[" + wide + "]}", "bad_filter", "laundry-bridge.limits.filter-nodes");
    }

    @Test
    void aListOf101Values() {
        String values = IntStream.range(0, 101).mapToObj(Integer::toString).collect(Collectors.joining(","));
        refuses(
                ",\"where\":{\"in\":[\"/n\",[" + values + "]]}",
                "bad_filter",
                "lists 101 values; laundry-bridge.limits.filter-values allows 100");
    }

    @Test
    void aFieldThatIsNotDeclared() {
        refuses(",\"where\":{\"eq\":[\"/password\",1]}", "bad_filter", "'/password'", "it declares /n");
    }

    @Test
    void aFieldNameMadeToBreakALine() {
        refuses(",\"where\":{\"eq\":[\"/a\\n\\\"}{\\u0000\",1]}", "bad_filter", "'/a??}{?'");
    }

    @Test
    void aFilterWhereNoFieldIsDeclared() {
        try (Laundry second = Laundry.join(laundry, "dryers")) {
            hostile.say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"dryers\",\"where\":{\"eq\":[\"/n\",1]}}");
            assertThat(hostile.await("\"op\":\"error\""))
                    .contains("bad_filter", "laundry-bridge.channels.dryers.filter-fields");
            assertThat(second.bridge().name()).isEqualTo("dryers");
        }
    }

    @Test
    void moreKeysThanAllowed() {
        String keys = IntStream.range(0, 1_001).mapToObj(n -> "\"" + n + "\"").collect(Collectors.joining(","));
        refuses(",\"keys\":[" + keys + "]", "limit_exceeded", "at most 1000 keys");
    }

    @Test
    void aMillionKeys() {
        StringBuilder keys = new StringBuilder();
        for (int n = 0; n < 1_000_000; n++) {
            keys.append(",\"").append(n).append('"');
        }
        hostile.subscribe("machines", ",\"keys\":[\"a\"" + keys + "]");
        assertThat(hostile.awaitClose()).isEqualTo(1009);
        assertThat(hostile.closeReason()).contains("message over 65536 characters");
    }

    @Test
    void prefixesOfEveryLength() {
        String prefixes = IntStream.range(0, 100)
                .mapToObj(n -> "\"" + "m".repeat(n) + "*\"")
                .collect(Collectors.joining(","));
        hostile.subscribe("machines", ",\"keys\":[" + prefixes + "]").await("\"op\":\"live\"");
        laundry.source().publish("m".repeat(200), "{\"n\":-1}");
        assertThat(hostile.awaitEvents(1)).hasSize(1);
    }

    @Test
    void subscribingAndUnsubscribingInALoop() {
        String keys = IntStream.range(0, 500).mapToObj(n -> "\"k-" + n + "*\"").collect(Collectors.joining(","));
        for (int i = 0; i < 300; i++) {
            hostile.subscribe("machines", ",\"keys\":[" + keys + "],\"where\":{\"eq\":[\"/n\"," + i + "]}");
            hostile.say("{\"op\":\"unsubscribe\",\"id\":2,\"ch\":\"machines\"}");
        }
        assertThat(hostile.awaitClose()).isEqualTo(4429);
    }
}
