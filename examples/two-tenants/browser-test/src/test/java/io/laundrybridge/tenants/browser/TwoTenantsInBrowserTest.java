package io.laundrybridge.tenants.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.tenants.TwoTenants;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** Two browsers at the application, with tokens that are good for ten seconds. */
@Tag("kafka")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoTenantsInBrowserTest {
    private static final int ORDERS = 8;
    private static final long A_WHILE = 3_000;
    private static final Pattern OPEN_PLACE = Pattern.compile("\"at\":\"[^~]");

    private ConfigurableApplicationContext application;
    private OrderPage first;
    private OrderPage second;

    @BeforeAll
    void start() throws IOException {
        application = TwoTenants.start("--server.port=0", "--two-tenants.token-life=10s");
        String address = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + "/";
        first = new OrderPage(address);
        second = new OrderPage(address);
    }

    @AfterAll
    void stop() {
        first.close();
        second.close();
        application.close();
    }

    @Test
    void aTenantNeverGetsTheOrdersOfTheOther() {
        first.login("anna").awaitOrders(ORDERS);
        second.login("ben").awaitOrders(ORDERS);
        first.awaitState("live");
        second.awaitState("live");
        String before = first.orders() + second.orders();
        first.await("changes", () -> !before.contains(first.orders()) && !before.contains(second.orders()));

        assertThat(first.tenants()).containsOnly("north");
        assertThat(second.tenants()).containsOnly("south");
        assertThat(first.received()).noneMatch(frame -> frame.contains("south")).noneMatch(OPEN_PLACE.asPredicate());
        assertThat(second.received())
                .noneMatch(frame -> frame.contains("north"))
                .noneMatch(OPEN_PLACE.asPredicate());
    }

    @Test
    void theTokenIsRenewedWhileEventsFlow() {
        first.login("anna").awaitState("live");
        first.await("two renewals", () -> first.tokens().size() >= 3);
        String before = first.orders();
        first.await("changes", () -> !before.equals(first.orders()));

        List<String> tokens = first.tokens();
        assertThat(new HashSet<>(tokens)).hasSameSizeAs(tokens);
        assertThat(first.addresses())
                .hasSize(1)
                .noneMatch(address -> tokens.stream().anyMatch(address::contains));
        assertThat(first.states()
                        .subList(first.states().indexOf("live"), first.states().size()))
                .containsOnly("live");
    }

    @Test
    void theRoleGoesAndTheOrdersGo() throws InterruptedException {
        first.login("anna").awaitOrders(ORDERS);
        second.login("carla").awaitState("denied");
        second.await("the list of clerks", () -> second.shows("#accounts input[name=anna]"));

        second.click("#accounts input[name=anna]");
        first.awaitOrders(0);
        first.awaitState("denied: forbidden");
        int received = orderFrames();
        Thread.sleep(A_WHILE);
        assertThat(first.tenants()).isEmpty();
        assertThat(orderFrames()).isEqualTo(received);
        assertThat(first.open()).isOne();

        second.click("#accounts input[name=anna]");
        Thread.sleep(A_WHILE);
        first.click("#again");
        first.awaitOrders(ORDERS);
        assertThat(first.tenants()).containsOnly("north");
    }

    private int orderFrames() {
        return (int) first.received().stream()
                .filter(frame -> frame.contains("\"tenant\""))
                .count();
    }

    @Test
    void aLogoutEndsTheUsersPagesEverywhere() throws InterruptedException {
        first.login("ben").awaitOrders(ORDERS);
        second.login("ben").awaitOrders(ORDERS);

        first.click("#logout");
        second.awaitState("denied");
        second.awaitOrders(0);
        assertThat(first.tenants()).isEmpty();
        assertThat(first.shows("#login")).isTrue();
        Thread.sleep(A_WHILE);
        assertThat(first.open() + second.open()).isZero();
        assertThat(second.addresses()).hasSize(1);
    }
}
