package io.laundrybridge.error;

/** A setting is wrong; the message names the key, what was found and what was expected. */
public final class SettingException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /** An error with a sentence that names the key. */
    public SettingException(String message) {
        super(message);
    }
}
