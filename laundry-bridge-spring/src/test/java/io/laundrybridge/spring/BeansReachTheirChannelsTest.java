package io.laundrybridge.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeListener;
import io.laundrybridge.BridgeState;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.event.ValueDecoder;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.PublishCustomizer;
import io.laundrybridge.publish.PublishMapping;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.host.HostUnderTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BeansReachTheirChannelsTest {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private static final Map<String, String> IN_MEMORY = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.startup", "fail",
            "laundry-bridge.channels.ticks.access", "anonymous",
            "laundry-bridge.channels.tocks.access", "anonymous",
            "laundry-bridge.channels.keys.access", "anonymous",
            "spring.jackson.property-naming-strategy", "SNAKE_CASE");

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(KafkaAutoConfiguration.class, LaundryBridgeAutoConfiguration.class))
            .withPropertyValues(
                    "laundry-bridge.path=/laundry",
                    "laundry-bridge.channels.machines.topic=laundry.machine-log",
                    "laundry-bridge.channels.bills.topic=laundry.bills",
                    "spring.kafka.bootstrap-servers=" + LaundryApplication.NO_KAFKA);

    @Test
    void bridgesAreInjectedByTheNamesOfTheirChannels() {
        web.withUserConfiguration(Injected.class).run(context -> {
            Injected injected = context.getBean(Injected.class);
            LaundryBridge laundry = context.getBean(LaundryBridge.class);
            assertThat(injected.machines).isSameAs(laundry.bridge("machines"));
            assertThat(injected.bridges)
                    .containsOnlyKeys("bills", "machines")
                    .containsEntry("machines", injected.machines);
            assertThat(injected.machines.state()).isEqualTo(BridgeState.NEW);
        });
    }

    @Test
    void aBridgeIsInjectedBesideABeanOfItsChannelsName() {
        web.withUserConfiguration(Injected.class)
                .withBean("machines", Access.class, Access::anonymous)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void customizersListenersAndRulesAreFoundByNameQualifierAndAnnotation() {
        SEEN.clear();
        web.withUserConfiguration(ThreeWays.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(SEEN).containsExactlyInAnyOrder("machines by name", "bills by qualifier", "all", "all");
        });
    }

    @Test
    void aSourceMakesAChannel() {
        web.withBean("ticks", EventSource.class, BeansReachTheirChannelsTest::ticks)
                .run(context -> assertThat(context.getBean(LaundryBridge.class).states())
                        .containsOnlyKeys("bills", "machines", "ticks"));
    }

    @Test
    void aBeanForAnUnknownChannelStopsTheStart() {
        web.withBean("machnes", Access.class, Access::anonymous)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(HostException.class)
                        .hasMessage(
                                "the bean 'machnes' of type Access is for channel 'machnes', which does not exist; the"
                                        + " channels are bills, machines"));
    }

    @Test
    void twoRulesForOneChannelStopTheStart() {
        web.withUserConfiguration(TwoRules.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(HostException.class)
                        .hasMessageContaining(
                                "channel 'machines' has two beans of type Access, 'machines' and 'second'"));
    }

    @Test
    void aMappingIsAFunctionOfTheValueOrOfTheWholeRecord() throws Exception {
        try (ConfigurableApplicationContext context = LaundryApplication.run(IN_MEMORY, Mapped.class);
                HostUnderTest host = LaundryApplication.underTest(context)) {
            context.getBean(InMemorySource.class).publish("a", "{\"number\":7,\"more\":1}");
            assertThat(last(host, "ticks")).isEqualTo("{\"tick_number\":8}");
            assertThat(last(host, "tocks")).isEqualTo("\"toc 7\"");
            assertThat(last(host, "keys")).isEqualTo("{\"a\":7}");
        }
    }

    @Test
    void aFunctionWhoseNameIsNoChannelIsNotTheBridges() {
        web.withBean("square", Function.class, () -> Function.identity())
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aMappingWithoutTypesStopsTheStart() {
        web.withBean("machines", Function.class, () -> Function.identity())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(HostException.class)
                        .hasMessageContaining("the mapping 'machines' does not say which type it reads"));
    }

    @Test
    void aConfigurerChangesTheWholeBridge() {
        web.withBean(LaundryBridgeConfigurer.class, () -> builder -> builder.source("ticks", ticks()))
                .run(context -> assertThat(context.getBean(LaundryBridge.class).states())
                        .containsOnlyKeys("bills", "machines", "ticks"));
    }

    @Test
    void auditListenersReceiveWhatClientsDo() {
        SEEN.clear();
        try (ConfigurableApplicationContext context = LaundryApplication.run(IN_MEMORY, Mapped.class, Audited.class);
                HostUnderTest host = LaundryApplication.underTest(context)) {
            context.getBean(InMemorySource.class).publish("a", "{\"number\":7}");
            last(host, "ticks");
            assertThat(SEEN).contains("CONNECT", "SUBSCRIBE ticks");
        }
    }

    @Test
    void aChannelTakesPublishesByItsBeans() {
        SEEN.clear();
        Map<String, String> settings = new HashMap<>(IN_MEMORY);
        settings.keySet().removeIf(key -> key.contains(".channels."));
        try (ConfigurableApplicationContext context = LaundryApplication.run(settings, Published.class);
                HostUnderTest host = LaundryApplication.underTest(context);
                FullClient client = FullClient.connect(host.wsUri("/laundry"))) {
            client.socket()
                    .send("{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"commands\",\"v\":{\"stop\":true}}");
            assertThat(client.await("ack").path("at").asString()).isEqualTo("3@14");
            assertThat(SEEN).containsExactly("mapped", "laundry-bridge-mid");
            assertThat(context.getBean(LaundryBridge.class).states()).containsOnlyKeys("commands");
        }
    }

    @Test
    void aListenerMayUseTheBridgeLater() {
        web.withUserConfiguration(Later.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aBridgeOfTheApplicationsOwnHasItsOwnChannels() {
        LaundryBridge own = LaundryBridge.builder()
                .settings(Map.of("laundry-bridge.path", "/own"))
                .source("ticks", ticks())
                .build();
        web.withBean(LaundryBridge.class, () -> own)
                .run(context ->
                        assertThat(context.getBean("laundryBridges")).isEqualTo(Map.of("ticks", own.bridge("ticks"))));
    }

    private static String last(HostUnderTest host, String channel) {
        try (RawWsClient client = RawWsClient.to(host.wsUri("/laundry?from=last:1&channel=" + channel))
                .header("Origin", "http://127.0.0.1:" + host.port())
                .connect()) {
            return client.readFrame().text();
        }
    }

    private static EventSource ticks() {
        return InMemorySource.named("ticks");
    }

    static class Injected {
        private final Bridge machines;
        private final Map<String, Bridge> bridges;

        Injected(@Qualifier("machines") Bridge machines, Map<String, Bridge> bridges) {
            this.machines = machines;
            this.bridges = bridges;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ThreeWays {

        @Bean
        ChannelCustomizer machines() {
            return ChannelCustomizer.channel(channel -> SEEN.add("machines by name"));
        }

        @Bean
        @Qualifier("bills") ChannelCustomizer billsOfTheLaundry() {
            return ChannelCustomizer.records(records -> SEEN.add("bills by qualifier"));
        }

        @Bean
        @ForChannel
        ChannelCustomizer everywhere() {
            return ChannelCustomizer.channel(channel -> SEEN.add("all"));
        }

        @Bean
        @ForChannel({"machines", "bills"})
        Access rule() {
            return Access.authenticated();
        }

        @Bean
        @ForChannel
        BridgeListener states() {
            return (bridge, state, reason) -> {};
        }
    }

    record Tick(int number) {}

    record TickView(int tickNumber) {}

    @Configuration(proxyBeanMethods = false)
    static class Mapped {

        @Bean
        @ForChannel({"ticks", "tocks", "keys"})
        EventSource clock() {
            return InMemorySource.named("clock");
        }

        @Bean
        Function<Tick, TickView> ticks() {
            return tick -> new TickView(tick.number() + 1);
        }

        @Bean
        ValueDecoder<String> tocks() {
            return record -> "toc";
        }

        @Bean
        @Qualifier("tocks") Function<String, String> seven() {
            return text -> text + " 7";
        }

        @Bean
        BiFunction<Tick, SourceRecord, Object> keys() {
            return (tick, record) -> Map.of(new String(record.key(), UTF_8), tick.number());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Published {

        @Bean
        RecordSink commands() {
            return new OneShelf();
        }

        @Bean
        @Qualifier("commands") PublishMapping mapped() {
            return publish -> new OutgoingRecord("a".getBytes(UTF_8), "mapped".getBytes(UTF_8), List.of());
        }

        @Bean
        @ForChannel
        PublishCustomizer everybody() {
            return publishes -> publishes.access(Access.anonymous());
        }

        @Bean
        @ForChannel
        BridgeListener states() {
            return (bridge, state, reason) -> {};
        }
    }

    private static final class OneShelf implements RecordSink, RecordSink.Connection {
        @Override
        public String name() {
            return "shelf";
        }

        @Override
        public Connection connect(HostServices services) {
            return this;
        }

        @Override
        public CompletionStage<RecordPlace> send(OutgoingRecord record) {
            SEEN.add(new String(record.value(), UTF_8));
            SEEN.add(record.headers().get(0).name());
            return CompletableFuture.completedFuture(new RecordPlace(3, 14, PositionVector.NO_EPOCH));
        }

        @Override
        public String trouble() {
            return "";
        }

        @Override
        public void close() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Audited {

        @Bean
        AuditListener first() {
            return event -> SEEN.add((event.kind() + " " + event.channel()).strip());
        }

        @Bean
        AuditListener second() {
            return event -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoRules {

        @Bean
        Access machines() {
            return Access.authenticated();
        }

        @Bean
        @ForChannel("machines")
        Access second() {
            return Access.anonymous();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Later {

        @Bean
        @ForChannel("machines")
        BridgeListener states(ObjectProvider<LaundryBridge> laundry) {
            return (bridge, state, reason) -> laundry.getObject().states();
        }
    }
}
