package io.laundrybridge.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what the application has to change instead of showing a stack trace. */
final class HostFailureAnalyzer extends AbstractFailureAnalyzer<HostException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, HostException cause) {
        return new FailureAnalysis("Laundry Bridge cannot start: " + cause.getMessage() + ".", cause.cure(), cause);
    }
}
