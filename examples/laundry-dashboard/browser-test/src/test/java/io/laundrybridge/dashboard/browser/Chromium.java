package io.laundrybridge.dashboard.browser;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Starts headless Chromium as the system's packages bring it; nothing is downloaded. */
public final class Chromium {
    private static final List<String> QUIET = List.of(
            "--headless=new",
            "--no-sandbox", // build servers run as root, where there is no sandbox
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--window-size=1280,2000");

    /** Held, because java.util.logging forgets the level of a logger without references. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private Chromium() {}

    public static ChromeDriver start() {
        SELENIUM.setLevel(Level.SEVERE); // Selenium warns of every Chromium that is newer than itself
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed("chromedriver"))
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(QUIET);
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        return new ChromeDriver(service, options);
    }

    private static File installed(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("Found no " + String.join(" or ", names)
                        + " on the PATH; install Chromium and its driver, on Debian: apt-get install chromium"
                        + " chromium-driver. Or leave the profile \"browser\" out"));
    }

    private static Optional<File> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }
}
