package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.event.ValueDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaDecoderTest {

    private static SourceRecord record(byte[] value) {
        var header = new SourceRecord.Header("unit", bytes("celsius"));
        return new SourceRecord("t", 0, 0, 0, 0, null, value, List.of(header));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsValuesByADeserializerOfKafka() throws Exception {
        ValueDecoder<String> decoder = KafkaDecoder.<String>of(new StringDeserializer())::decode;
        assertThat(decoder.decode(record(bytes("61.5")))).isEqualTo("61.5");
    }

    @Test
    void handsItTopicAndHeaders() {
        var decoder = KafkaDecoder.<String>of(new Deserializer<>() {
            @Override
            public String deserialize(String topic, byte[] data) {
                throw new AssertionError("asked without headers");
            }

            @Override
            public String deserialize(String topic, Headers headers, byte[] data) {
                return topic + new String(headers.lastHeader("unit").value(), StandardCharsets.UTF_8);
            }
        });
        assertThat(decoder.decode(record(bytes("61.5")))).isEqualTo("tcelsius");
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aRegistryThatIsAwayIsWorthAnotherTry(Throwable outage) {
        assertThatThrownBy(() -> failing(outage).decode(record(bytes("1"))))
                .isInstanceOf(RetriableDecodeException.class)
                .hasMessageContaining("schema registry")
                .hasMessageNotContaining("registry.example");
    }

    static Stream<Throwable> outages() {
        return Stream.of(
                new ConnectException("registry.example refused"),
                new SocketTimeoutException("registry.example"),
                new UnknownHostException("registry.example"),
                new TimeoutException("registry.example"),
                new org.apache.kafka.common.errors.TimeoutException("registry.example"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damagedBytesAreNot(Throwable damage) {
        assertThatThrownBy(() -> failing(damage).decode(record(bytes("1")))).isInstanceOf(SerializationException.class);
    }

    static Stream<Throwable> damages() {
        return Stream.of(
                new EOFException(),
                new IOException("Invalid int encoding"),
                new MalformedInputException(1),
                new IllegalStateException());
    }

    @Test
    void theApplicationNamesMoreFailuresThatAreWorthIt() {
        KafkaDecoder<String> decoder = KafkaDecoder.of(
                deserializer(new IllegalStateException("503")),
                failure -> failure instanceof IllegalStateException && "503".equals(failure.getMessage()));
        assertThatThrownBy(() -> decoder.decode(record(bytes("1")))).isInstanceOf(RetriableDecodeException.class);
    }

    @Test
    void itAsksOneThreadAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        KafkaDecoder<Integer> decoder = KafkaDecoder.of((topic, data) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            return inside.getAndDecrement();
        });
        List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                    for (int i = 0; i < 200; i++) {
                        decoder.decode(record(bytes("1")));
                    }
                }))
                .limit(4)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
    }

    private static KafkaDecoder<String> failing(Throwable cause) {
        return KafkaDecoder.of(deserializer(cause));
    }

    private static Deserializer<String> deserializer(Throwable cause) {
        return (topic, data) -> {
            throw new SerializationException("Error deserializing Avro message for id 7", cause);
        };
    }
}
