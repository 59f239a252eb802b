package io.laundrybridge.benchmark.process;

/** A child did not do what it was started for; the message says which, and its last words. */
public final class ChildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChildException(String message) {
        super(message);
    }
}
