package io.laundrybridge.benchmark.process;

/** A child failed at its task; the message names the child and quotes its last lines. */
public final class ChildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChildException(String message) {
        super(message);
    }
}
