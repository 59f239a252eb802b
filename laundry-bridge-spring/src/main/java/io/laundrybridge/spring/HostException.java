package io.laundrybridge.spring;

/** What the application has to change for the bridge to start in it. */
final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String cure;

    HostException(String message, String cure) {
        super(message);
        this.cure = cure;
    }

    /** What to do, in one sentence. */
    String cure() {
        return cure;
    }
}
