package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeListener;
import io.laundrybridge.BridgeState;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.InMemorySource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BeansReachTheirChannelsTest {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

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
        @Qualifier("bills")
        ChannelCustomizer billsOfTheLaundry() {
            return ChannelCustomizer.records(records -> SEEN.add("bills by qualifier"));
        }

        @Bean
        @ForChannels
        ChannelCustomizer everywhere() {
            return ChannelCustomizer.channel(channel -> SEEN.add("all"));
        }

        @Bean
        @ForChannels({"machines", "bills"})
        Access rule() {
            return Access.authenticated();
        }

        @Bean
        @ForChannels
        BridgeListener states() {
            return (bridge, state, reason) -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoRules {

        @Bean
        Access machines() {
            return Access.authenticated();
        }

        @Bean
        @ForChannels("machines")
        Access second() {
            return Access.anonymous();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Later {

        @Bean
        @ForChannels("machines")
        BridgeListener states(ObjectProvider<LaundryBridge> laundry) {
            return (bridge, state, reason) -> laundry.getObject().states();
        }
    }
}
