package io.laundrybridge.jakarta;

import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** Settings as system properties, for the length of a call. Not for tests that run in parallel. */
final class SystemSettings {

    private SystemSettings() {}

    static void during(Map<String, String> settings, Executable start) throws Exception {
        settings.forEach(System::setProperty);
        try {
            start.execute();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }
}
