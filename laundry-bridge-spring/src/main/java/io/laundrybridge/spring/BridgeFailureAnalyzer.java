package io.laundrybridge.spring;

import static io.laundrybridge.config.BridgeSettings.STARTUP;

import io.laundrybridge.BridgeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Replaces a stack trace by the sentence of a bridge that cannot start. */
final class BridgeFailureAnalyzer extends AbstractFailureAnalyzer<BridgeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BridgeException cause) {
        return new FailureAnalysis(
                "Laundry Bridge cannot start: " + cause.getMessage() + ".",
                "If Kafka or a topic is missing: check spring.kafka.bootstrap-servers and the channel's topic, or"
                        + " set "
                        + STARTUP + "=wait to start without them.",
                cause);
    }
}
