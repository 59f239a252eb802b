package io.laundrybridge.example.database.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaundryTopologyTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final TopologyTestDriver driver = new TopologyTestDriver(LaundryTopology.of("reports"), properties());
    private final TestInputTopic<byte[], byte[]> reports =
            driver.createInputTopic("reports", new ByteArraySerializer(), new ByteArraySerializer());

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(
                StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
                BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class.getName());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueExceptionHandler.class.getName());
        return properties;
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void report(
            String machine, int second, String state, @Nullable String programme, int watts, String energyKwh) {
        reports.pipeInput(
                Reports.key(machine),
                Reports.value(machine, NOON.plusSeconds(second), state, programme, watts, energyKwh));
    }

    private List<KeyValue<String, @Nullable String>> written(String topic) {
        TestOutputTopic<String, String> output =
                driver.createOutputTopic(topic, new StringDeserializer(), new StringDeserializer());
        return List.copyOf(output.readKeyValuesToList());
    }

    private Map<String, String> newest(String topic) {
        Map<String, String> newest = new LinkedHashMap<>();
        written(topic).forEach(each -> newest.put(each.key, String.valueOf(each.value)));
        return newest;
    }

    @Test
    void thePowerOfASiteIsTheSumOfItsMachinesMeansOfTheMinute() {
        report("m-1", 0, "running", "wool 30", 1000, "0");
        report("m-1", 30, "running", "wool 30", 2000, "0");
        report("m-2", 59, "running", "wool 30", 300, "0");
        report("m-1", 60, "running", "wool 30", 700, "0");
        long minute = NOON.toEpochMilli();
        assertThat(newest(LaundryTopology.POWER))
                .containsExactly(
                        Map.entry(
                                "Altona " + minute,
                                "{\"site\":\"Altona\",\"minute\":" + minute + ",\"watts\":1800,\"machines\":2}"),
                        Map.entry(
                                "Altona " + (minute + 60_000),
                                "{\"site\":\"Altona\",\"minute\":" + (minute + 60_000)
                                        + ",\"watts\":700,\"machines\":1}"));
    }

    @Test
    void anAlarmIsWrittenWhenItBeginsAndDeletedWhenItEnds() {
        report("m-1", 0, "running", "wool 30", 1000, "0");
        report("m-1", 10, "alarm", "wool 30", 5, "0");
        report("m-1", 20, "alarm", "wool 30", 5, "0");
        report("m-1", 30, "idle", null, 5, "0");
        report("m-1", 40, "idle", null, 5, "0");
        assertThat(written(LaundryTopology.ALARMS))
                .containsExactly(
                        KeyValue.pair(
                                "m-1",
                                "{\"machine\":\"m-1\",\"site\":\"Altona\",\"alarm\":\"door leaks\","
                                        + "\"since\":\"2026-11-29T12:00:10Z\"}"),
                        KeyValue.pair("m-1", null));
    }

    @Test
    void energyBelongsToTheProgrammeThatRanBetweenTwoReports() {
        report("m-1", 0, "running", "wool 30", 1000, "10.000");
        report("m-1", 10, "running", "wool 30", 1000, "10.125");
        report("m-2", 10, "running", "wool 30", 1000, "7.000");
        report("m-2", 20, "idle", null, 5, "7.500");
        report("m-1", 20, "running", "cotton 60", 1000, "10.125");
        report("m-1", 30, "running", "cotton 60", 1000, "10.2");
        report("m-1", 40, "idle", null, 5, "10.2");
        assertThat(newest(LaundryTopology.ENERGY))
                .containsOnly(
                        Map.entry("wool 30", "{\"programme\":\"wool 30\",\"kwh\":0.625}"),
                        Map.entry("cotton 60", "{\"programme\":\"cotton 60\",\"kwh\":0.075}"));
    }

    @Test
    void aReportThatIsReadLateIsNotCountedTwice() {
        report("m-1", 0, "running", "wool 30", 1000, "1.000");
        report("m-1", 20, "running", "wool 30", 1000, "1.300");
        report("m-1", 10, "running", "wool 30", 1000, "1.100");
        report("m-1", 30, "running", "wool 30", 1000, "1.400");
        assertThat(newest(LaundryTopology.ENERGY))
                .containsOnly(Map.entry("wool 30", "{\"programme\":\"wool 30\",\"kwh\":0.400}"));
    }

    @Test
    void whatIsNoReportHoldsNothingBack() {
        report("m-1", 0, "alarm", null, 1000, "1");
        reports.pipeInput(Reports.key("m-1"), (byte[]) null);
        reports.pipeInput(Reports.key("m-1"), "no JSON".getBytes(StandardCharsets.UTF_8));
        reports.pipeInput(Reports.key("m-1"), "{\"op\":\"c\",\"after\":{}}".getBytes(StandardCharsets.UTF_8));
        reports.pipeInput(Reports.key("m-1"), "{\"op\":\"d\",\"before\":{}}".getBytes(StandardCharsets.UTF_8));
        report("m-1", 10, "idle", null, 1000, "1");
        assertThat(written(LaundryTopology.ALARMS)).hasSize(2);
    }
}
