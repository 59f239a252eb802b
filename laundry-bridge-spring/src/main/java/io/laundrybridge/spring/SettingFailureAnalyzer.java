package io.laundrybridge.spring;

import io.laundrybridge.error.SettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Replaces a stack trace by the name of the wrong property. */
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<SettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingException cause) {
        return new FailureAnalysis(
                "Laundry Bridge cannot start: " + cause.getMessage() + ".",
                "Correct that property where your application sets it: application.properties, environment or command"
                        + " line. Kafka properties may also come from spring.kafka.*.",
                cause);
    }
}
