package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.BridgeState;
import io.laundrybridge.LaundryBridge;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Runs the test that every new project has, {@code contextLoads}, in an application with the starter. */
class NewProjectsTestPassesTest {
    private static final String PATH = "laundry-bridge.path=/laundry";
    private static final String TOPIC = "laundry-bridge.channels.machines.topic=laundry.machine-log";
    private static final String ACCESS = "laundry-bridge.channels.machines.access=anonymous";
    private static final String KAFKA = "spring.kafka.bootstrap-servers=" + LaundryApplication.NO_KAFKA;

    @Nested
    @SpringBootTest(
            classes = LaundryApplication.class,
            properties = {PATH, TOPIC, ACCESS, KAFKA, "laundry-bridge.startup=fail"})
    class WithAMockOfTheWebServer {

        @Test
        void contextLoads(@Autowired LaundryBridge bridge) {
            assertThat(bridge.bridges()).extracting(each -> each.state()).containsExactly(BridgeState.NEW);
        }
    }

    @Nested
    @AutoConfigureMockMvc
    @SpringBootTest(
            classes = LaundryApplication.class,
            properties = {PATH, TOPIC, ACCESS, KAFKA})
    class WithMockMvc {

        @Test
        void contextLoads(@Autowired MockMvcTester mvc) {
            assertThat(mvc.get().uri("/nothing")).hasStatus(404);
        }
    }

    @Nested
    @SpringBootTest(
            classes = LaundryApplication.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = {PATH, TOPIC, ACCESS, KAFKA})
    class WithoutAWebServer {

        @Test
        void contextLoads() {}
    }
}
