package io.laundrybridge.spring;

import io.laundrybridge.error.SettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property is wrong instead of showing a stack trace. */
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
