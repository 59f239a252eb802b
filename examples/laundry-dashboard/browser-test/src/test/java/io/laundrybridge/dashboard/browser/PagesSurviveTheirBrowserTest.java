package io.laundrybridge.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.standalone.Container;
import io.laundrybridge.standalone.Site;
import io.laundrybridge.standalone.StandaloneServer;
import io.laundrybridge.standalone.StaticFiles;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.network.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Checks that a page has every event once after the background, whatever the browser did to it there. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesSurviveTheirBrowserTest {
    private static final int BEFORE = 10;
    private static final int AWAY = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InMemorySource source = InMemorySource.named("machines");
    private final WebSocketSink sink =
            WebSocketSink.builder("/laundry").heartbeat(Duration.ofSeconds(1)).build();
    private final Bridge bridge =
            Bridge.from(source).channel("machines").access(Access.anonymous()).to(sink);
    private ChromeDriver browser;
    private StandaloneServer server;
    private TcpProxy network;
    private int published;

    @BeforeAll
    void start() {
        browser = Chromium.start();
        bridge.start();
        server = StandaloneServer.start(
                Container.TYRUS,
                "127.0.0.1",
                0,
                sink,
                Site.of(StaticFiles.browserClient(), StaticFiles.at("/", "survives")));
        network = TcpProxy.to(server.port());
    }

    @AfterAll
    void stop() {
        browser.quit();
        network.close();
        bridge.stop();
        server.close();
    }

    @BeforeEach
    void open() {
        published = 0;
        browser.get("about:blank");
        browser.get("http://127.0.0.1:" + network.port() + "/");
        awaitTrue("return document.title === 'live'");
        publish(BEFORE);
    }

    @Test
    void aSocketThatIsClosedWith1000() {
        for (int round = 0; round < 3; round++) {
            browser.executeScript("sockets.at(-1).close(1000)");
            publish(AWAY);
            awaitAll();
        }
    }

    @Test
    void aPageThatIsFrozen() {
        lifecycle("frozen");
        publish(AWAY);
        lifecycle("active");
        show();
        awaitAll();
    }

    @Test
    void aPageThatIsFrozenWhileItsConnectionDies() {
        lifecycle("frozen");
        network.reset();
        publish(AWAY);
        lifecycle("active");
        show();
        awaitAll();
    }

    @Test
    void aBrowserThatIsSuspendedWhileItsConnectionDies() throws Exception {
        signal("STOP");
        try {
            network.reset();
            publish(AWAY);
        } finally {
            signal("CONT");
        }
        awaitAll();
    }

    @Test
    void aPageThatIsHidden() {
        String page = browser.getWindowHandle();
        String other = browser.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        publish(AWAY);
        browser.switchTo().window(other).close();
        browser.switchTo().window(page);
        awaitAll();
    }

    private void lifecycle(String state) {
        browser.executeCdpCommand("Page.setWebLifecycleState", Map.of("state", state));
    }

    /** Chromium hides a frozen page, and shows it when its window is shown. */
    private void show() {
        for (String state : List.of("minimized", "normal")) {
            Object window = browser.executeCdpCommand("Browser.getWindowForTarget", Map.of())
                    .get("windowId");
            browser.executeCdpCommand(
                    "Browser.setWindowBounds", Map.of("windowId", window, "bounds", Map.of("windowState", state)));
        }
        awaitTrue("return !document.hidden");
    }

    /** Sends a signal to all processes of the browser. */
    private static void signal(String name) throws IOException, InterruptedException {
        List<String> processes = ProcessHandle.current()
                .descendants()
                .filter(process -> !process.info().command().orElse("").endsWith("chromedriver"))
                .map(process -> Long.toString(process.pid()))
                .toList();
        assertThat(processes).isNotEmpty();
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        command.addAll(processes);
        new ProcessBuilder(command).start().waitFor();
    }

    private void publish(int count) {
        for (int n = 0; n < count; n++) {
            source.publish("m-" + published, Integer.toString(published));
            published++;
        }
    }

    private void awaitAll() {
        List<Long> all = IntStream.range(0, published).mapToObj(n -> (long) n).toList();
        awaitTrue("return values.length >= " + published);
        assertThat(browser.executeScript("return values")).isEqualTo(all);
        assertThat(browser.executeScript("return told")).isEqualTo(List.of());
        awaitTrue("return document.title === 'live'");
    }

    private void awaitTrue(String script) {
        Await.until(script, PATIENCE, () -> Boolean.TRUE.equals(browser.executeScript(script)));
    }
}
