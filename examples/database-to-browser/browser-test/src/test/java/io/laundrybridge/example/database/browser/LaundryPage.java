package io.laundrybridge.example.database.browser;

import io.laundrybridge.dashboard.browser.Chromium;
import io.laundrybridge.test.Await;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page in a browser of its own. */
final class LaundryPage implements AutoCloseable {
    /** Also on a busy machine, and while the database starts. */
    private static final Duration SOON = Duration.ofSeconds(90);

    private final ChromeDriver browser = Chromium.start();
    private final URI address;

    LaundryPage(URI address) {
        this.address = address;
    }

    /** Opens the page, as anonymous. */
    LaundryPage open() {
        return open("");
    }

    /** Opens the page at a moment: a text such as {@code #at=POSITION}. */
    LaundryPage open(String moment) {
        if (browser.getCurrentUrl().startsWith(address.toString())) {
            browser.executeScript("sessionStorage.clear()");
        }
        browser.get("about:blank"); // else another hash alone would load nothing
        browser.get(address + moment);
        await("the page is connected", () -> !text("#state").startsWith("connecting"));
        return this;
    }

    /** Logs in, with the name as password. */
    LaundryPage login(String name) {
        browser.findElement(By.name("name")).sendKeys(name);
        browser.findElement(By.name("password")).sendKeys(name);
        click("#login button");
        await(name + " is logged in", () -> name.equals(text("#who")));
        awaitLive();
        return this;
    }

    void awaitLive() {
        await("the page is live", () -> "live".equals(text("#state")));
    }

    /** Waits until the tile of {@code machine} has {@code text}. */
    void awaitTile(String machine, String text) {
        await("the tile of " + machine + " shows " + text + ", not " + tile(machine), () -> {
            String tile = tile(machine);
            return tile != null && tile.contains(text);
        });
    }

    /** Waits until {@code machine} has no tile. */
    void awaitNoTile(String machine) {
        await("the tile of " + machine + " goes", () -> tile(machine) == null);
    }

    @Nullable String tile(String machine) {
        return (String) browser.executeScript(
                "return document.querySelector('[data-machine=' + JSON.stringify(arguments[0]) + ']')?.textContent",
                machine);
    }

    /** Returns the id of the command that changed the tile last; "" if none did. */
    String commandOf(String machine) {
        return Objects.requireNonNullElse(
                (String) browser.executeScript(
                        "return document.querySelector('[data-machine=' + JSON.stringify(arguments[0])"
                                + " + ']')?.dataset.command",
                        machine),
                "");
    }

    /** Presses a button once it is there, in one step: tiles may be made anew at any time. */
    void press(String machine, String command) {
        await(command + " of " + machine + " can be pressed", () ->
                (boolean) browser.executeScript("""
                    const button = document.querySelector(arguments[0]);
                    if (!button || button.disabled || !button.checkVisibility()) return false;
                    button.click();
                    return true;
                    """, button(machine, command)));
    }

    /** Returns whether a user sees the button. */
    boolean offers(String machine, String command) {
        return (boolean) browser.executeScript(
                "return document.querySelector(arguments[0])?.checkVisibility() ?? false", button(machine, command));
    }

    private static String button(String machine, String command) {
        return "[data-machine='" + machine + "'] button." + command;
    }

    /** Sets a control, as a user does. */
    void set(String selector, Object value) {
        browser.executeScript("""
            const control = document.querySelector(arguments[0]);
            control.value = arguments[1];
            control.dispatchEvent(new Event('input', { bubbles: true }));
            control.dispatchEvent(new Event('change', { bubbles: true }));
            """, selector, String.valueOf(value));
    }

    void awaitPaused() {
        await("the page stands still", () -> "lagging: paused".equals(text("#state")));
    }

    /** Returns the link to what is shown now. */
    String moment() {
        await("a link to the moment", () -> {
            click("#moment");
            return run("return document.querySelector('#moment').hash").startsWith("#at=");
        });
        return run("return document.querySelector('#moment').hash");
    }

    boolean has(String selector) {
        return (boolean) browser.executeScript("return document.querySelector(arguments[0]) !== null", selector);
    }

    /** Returns the rows of the audit list, newest first, one per line. */
    String audit() {
        return run("return [...document.querySelectorAll('#audit tbody tr')].map((row) =>"
                + " [...row.cells].map((cell) => cell.textContent).join(' ')).join('\\n')");
    }

    void click(String selector) {
        browser.executeScript("document.querySelector(arguments[0]).click()", selector);
    }

    void await(String what, BooleanSupplier condition) {
        try {
            Await.until(what, SOON, condition::getAsBoolean);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the page shows:\n" + shown(), e);
        }
    }

    private String shown() {
        return run("return document.body.innerText") + "\n"
                + browser.manage().logs().get("browser").getAll();
    }

    String text(String selector) {
        return run("return document.querySelector('" + selector + "').textContent");
    }

    String run(String script) {
        return (String) Objects.requireNonNull(browser.executeScript(script));
    }

    /** Runs a script that calls its last argument with its result. */
    String later(String script, Object... arguments) {
        return (String) Objects.requireNonNull(browser.executeAsyncScript(script, arguments));
    }

    @Override
    public void close() {
        browser.quit();
    }
}
