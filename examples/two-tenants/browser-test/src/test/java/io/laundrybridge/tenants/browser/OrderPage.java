package io.laundrybridge.tenants.browser;

import io.laundrybridge.dashboard.browser.Chromium;
import io.laundrybridge.test.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page in a browser of its own, and what its WebSockets sent and received. */
final class OrderPage implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ChromeDriver browser = Chromium.start();
    private final String address;

    OrderPage(String address) throws IOException {
        this.address = address;
        try (InputStream recorder = OrderPage.class.getResourceAsStream("/wire.js")) {
            String script = new String(Objects.requireNonNull(recorder).readAllBytes(), StandardCharsets.UTF_8);
            browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        }
    }

    /** Opens the page anew and logs in, with the name as password. */
    OrderPage login(String name) {
        browser.get(address);
        enter("name", name);
        enter("password", name);
        click("#login button");
        await(name + " is logged in", () -> text("#who").equals(name));
        return this;
    }

    private void enter(String field, String text) {
        browser.findElement(By.name(field)).sendKeys(text);
    }

    void click(String selector) {
        browser.findElement(By.cssSelector(selector)).click();
    }

    /** Waits until the page shows this state. */
    void awaitState(String state) {
        await("the page is " + state, () -> text("#state").startsWith(state));
    }

    /** Waits until the page shows this number of orders. */
    void awaitOrders(int count) {
        await(count + " orders", () -> tenants().size() == count);
    }

    void await(String what, BooleanSupplier condition) {
        Await.until(what, SOON, condition::getAsBoolean);
    }

    String text(String selector) {
        return (String) run("return document.querySelector('" + selector + "').textContent");
    }

    boolean shows(String selector) {
        return browser.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
    }

    /** Returns the tenant of each order that is on the screen. */
    List<String> tenants() {
        return texts("return [...document.querySelectorAll('#orders tr')].map((row) => row.cells[1].textContent)");
    }

    /** Returns all orders that are on the screen, as text. */
    String orders() {
        return text("#orders");
    }

    List<String> states() {
        return texts("return wire.states");
    }

    List<String> received() {
        return texts("return wire.received");
    }

    List<String> addresses() {
        return texts("return wire.urls");
    }

    /** Returns the tokens that the page sent. */
    List<String> tokens() {
        return texts("return wire.sent.filter(({ op }) => op === 'auth').map(({ token }) => token)");
    }

    /** Returns how many WebSockets are open. */
    long open() {
        return (Long) run("return wire.open");
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String script) {
        return (List<String>) run(script);
    }

    private Object run(String script) {
        return Objects.requireNonNull(browser.executeScript(script));
    }

    @Override
    public void close() {
        browser.quit();
    }
}
