package io.laundrybridge.example.database.machines;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads commands from the end of their topic on. Not thread-safe. */
final class CommandReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandReader.class);
    private static final String MID = "laundry-bridge-mid";

    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final ObjectMapper json = JsonMapper.shared();

    CommandReader(String topic, Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toList());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Returns the commands that came meanwhile; waits for them no longer than {@code patience}. */
    List<MachineCommand> poll(Duration patience) {
        List<MachineCommand> commands = new ArrayList<>();
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(patience)) {
            MachineCommand command = command(record);
            if (command != null) {
                commands.add(command);
            }
        }
        return commands;
    }

    private @Nullable MachineCommand command(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        try {
            JsonNode value = json.readTree(record.value());
            String machine = text(value, "machine");
            String action = text(value, "action");
            String named = machine != null ? machine : record.key() == null ? null : text(record.key());
            if (named == null || action == null) {
                LOG.warn(
                        "The command at {}-{}@{} names no machine or no action",
                        record.topic(),
                        record.partition(),
                        record.offset());
                return null;
            }
            Header mid = record.headers().lastHeader(MID);
            return new MachineCommand(named, action, text(value, "by"), mid == null ? null : text(mid.value()));
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.warn("The command at {}-{}@{} is no JSON", record.topic(), record.partition(), record.offset());
            return null;
        }
    }

    private static @Nullable String text(JsonNode value, String field) {
        JsonNode found = value.get(field);
        return found == null || !found.isString() ? null : found.stringValue();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
