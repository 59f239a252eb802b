package io.laundrybridge.example.database.streams;

import java.math.BigDecimal;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What the topology counts: power per site and minute, machines in alarm, and energy per programme.
 *
 * <p>All reports of a machine must be in one partition of the input. Debezium's {@code message.key.columns} sees to
 * that; machines then spread over as many tasks as the topic has partitions. The memory of a task is its machines and
 * two minutes of its sites.
 */
public final class LaundryTopology {
    /** Each site's power per minute, by site and minute, {@value}. */
    public static final String POWER = "laundry.power-by-site";

    /** The machines in alarm, by machine, {@value}. */
    public static final String ALARMS = "laundry.machines-in-alarm";

    /** The energy of each programme, by programme, {@value}. */
    public static final String ENERGY = "laundry.energy-by-programme";

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Serde<String> TEXT = Serdes.String();

    private LaundryTopology() {}

    /**
     * Returns the topology.
     *
     * @param reports the topic of the table {@code machine_report}
     */
    public static Topology of(String reports) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], MachineReport> read = builder.stream(
                        reports,
                        Consumed.with(Serdes.ByteArray(), new ReportSerde())
                                .withTimestampExtractor(LaundryTopology::time))
                .filter((key, report) -> report != null);
        power(read);
        alarms(builder, read);
        energy(builder, read);
        return builder.build();
    }

    private static long time(ConsumerRecord<Object, Object> record, long latest) {
        return record.value() instanceof MachineReport report ? report.at().toEpochMilli() : record.timestamp();
    }

    private static void power(KStream<byte[], MachineReport> reports) {
        Materialized<String, MinutePower, WindowStore<Bytes, byte[]>> store = Materialized.as("power");
        reports.selectKey((key, report) -> report.site())
                .groupByKey(Grouped.with("power", TEXT, new JsonSerde<>(MachineReport.class)))
                .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, MINUTE))
                .aggregate(
                        () -> MinutePower.NONE,
                        (site, report, power) -> power.plus(report),
                        store.withKeySerde(TEXT)
                                .withValueSerde(new JsonSerde<>(MinutePower.class))
                                .withRetention(MINUTE.multipliedBy(2)))
                .toStream()
                .map((window, power) -> {
                    long minute = window.window().start();
                    return KeyValue.pair(window.key() + " " + minute, power.view(window.key(), minute));
                })
                .to(POWER, Produced.with(TEXT, new JsonSerde<>(MinutePower.View.class)));
    }

    private static void alarms(StreamsBuilder builder, KStream<byte[], MachineReport> reports) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(AlarmProcessor.STORE), TEXT, new JsonSerde<>(MachineAlarm.class)));
        reports.process(AlarmProcessor::new, AlarmProcessor.STORE)
                .to(ALARMS, Produced.with(TEXT, new JsonSerde<>(MachineAlarm.class)));
    }

    private static void energy(StreamsBuilder builder, KStream<byte[], MachineReport> reports) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(EnergyProcessor.STORE),
                TEXT,
                new JsonSerde<>(EnergyProcessor.Meter.class)));
        Materialized<String, ProgrammeEnergy, KeyValueStore<Bytes, byte[]>> store = Materialized.as("energy");
        reports.process(EnergyProcessor::new, EnergyProcessor.STORE)
                .groupByKey(Grouped.with("energy", TEXT, new JsonSerde<>(BigDecimal.class)))
                .aggregate(
                        () -> new ProgrammeEnergy("", BigDecimal.ZERO),
                        (programme, used, sum) -> new ProgrammeEnergy(programme, sum.kwh()).plus(used),
                        store.withKeySerde(TEXT).withValueSerde(new JsonSerde<>(ProgrammeEnergy.class)))
                .toStream()
                .to(ENERGY, Produced.with(TEXT, new JsonSerde<>(ProgrammeEnergy.class)));
    }
}
