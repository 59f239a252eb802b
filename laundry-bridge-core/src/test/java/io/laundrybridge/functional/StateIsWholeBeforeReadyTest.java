package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.Bridge;
import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.latest.LatestImage;
import io.laundrybridge.channel.latest.LatestRow;
import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.EventSink;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.CountingTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A channel with state has all of it before it admits a session. */
@ExtendWith(KafkaFixture.class)
class StateIsWholeBeforeReadyTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long LONG_AGO = 1_000_000_000_000L;

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private @Nullable Channel seen;
    private @Nullable Bridge bridge;

    private final class Looking implements EventSink {
        @Override
        public void attach(EventStream stream) {
            Channel channel = Channel.of(stream);
            seen = channel;
        }

        @Override
        public void detach(EventStream channel) {}
    }

    @AfterEach
    void stops() {
        if (bridge != null) {
            bridge.stop();
        }
        assertThat(telemetry.sum(Meter.STATE_KEYS)).isZero();
        assertThat(telemetry.sum(Meter.STATE_BYTES)).isZero();
    }

    private void start(EventSource source) {
        bridge = Bridge.from(source)
                .limits(ValueLimits.DEFAULT)
                .channel("machines")
                .access(Access.anonymous())
                .retain(Retention.of(Duration.ofMinutes(10), 1 << 20))
                .latestByKey()
                .services(HostServices.standard().withTelemetry(telemetry))
                .to(new Looking());
        bridge.start();
        bridge.awaitLive(DEADLINE);
    }

    private ChannelLog log() {
        return Objects.requireNonNull(Objects.requireNonNull(seen).state().log());
    }

    private List<String> state() {
        LatestTable table = Objects.requireNonNull(seen).state().table();
        LatestImage image = Objects.requireNonNull(Objects.requireNonNull(table).image(0));
        return image.rows().stream().map(LatestRow::key).toList();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Tag("kafka")
    void fromACompactedTopicOlderThanTheChannelsMemory(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1, Map.of("cleanup.policy", "compact", "delete.retention.ms", "7200000"));
        for (int i = 0; i < 100; i++) {
            kafka.produce(new ProducerRecord<>(topic, 0, LONG_AGO + i, bytes("m" + i % 10), bytes("" + i)));
        }
        kafka.produce(new ProducerRecord<>(topic, 0, LONG_AGO + 100, bytes("m3"), bytes(null)));
        start(KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers())));
        assertThat(state()).containsExactly("m0", "m1", "m2", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(log().deletionsKept()).isEqualTo(Duration.ofHours(2));
        assertThat(telemetry.sum(Meter.STATE_KEYS)).isEqualTo(9);
        kafka.produce(topic, "m0", null);
        Await.until("m0 is gone", DEADLINE, () -> !state().contains("m0"));
        kafka.admin().deleteTopics(List.of(topic)).all().get();
        Await.until("the topic is made again", DEADLINE, () -> madeAgain(kafka, topic));
        kafka.produce(topic, "new", "1");
        Await.until("only the new life's state", DEADLINE, () -> state().equals(List.of("new")));
        assertThat(Objects.requireNonNull(seen).state().reset()).isEqualTo(ResetReason.EPOCH);
    }

    private static boolean madeAgain(TestKafka kafka, String topic) throws InterruptedException {
        try {
            kafka.admin()
                    .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            return false; // the broker still has the old one
        }
    }

    @Test
    void fromASourceInMemoryAndAKeyThatBecameUnreadableKeepsItsValue() {
        InMemorySource source = InMemorySource.named("s");
        source.publish(bytes("a"), bytes("1"), 1, List.of());
        source.publish(bytes("b"), bytes("1"), 2, List.of());
        source.publish(bytes("a"), bytes("{"), 3, List.of());
        start(source);
        assertThat(state()).containsExactly("a", "b");
        source.recreate();
        source.publish("c", "1");
        Await.until("only the new life's state", DEADLINE, () -> state().equals(List.of("c")));
    }

    @Test
    void orSaysThatItHasNoStateToConflate() {
        assertThatThrownBy(() -> Bridge.from(InMemorySource.named("s"))
                        .channel("machines")
                        .access(Access.anonymous())
                        .fallBehind(FallBehind.CONFLATE)
                        .to(new Looking()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(".latestByKey()");
    }
}
