package io.laundrybridge.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Replaces a stack trace by the change that the application needs. */
final class HostFailureAnalyzer extends AbstractFailureAnalyzer<HostException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, HostException cause) {
        return new FailureAnalysis("Laundry Bridge cannot start: " + cause.getMessage() + ".", cause.cure(), cause);
    }
}
