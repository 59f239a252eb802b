package io.laundrybridge.jakarta;

import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** Settings as system properties, for as long as something takes. Not for tests that run beside others. */
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
