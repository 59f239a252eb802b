package io.laundrybridge.spring;

/** Thrown if the application must be changed before the bridge can start in it. */
public final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String cure;

    /**
     * Makes a refusal.
     *
     * @param message what was found, without a full stop
     * @param cure what to do, in one sentence
     */
    public HostException(String message, String cure) {
        super(message);
        this.cure = cure;
    }

    /** Returns what to do, in one sentence. */
    String cure() {
        return cure;
    }
}
