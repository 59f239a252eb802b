package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.encode.ValueDecoder;
import io.laundrybridge.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

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
}
