package io.laundrybridge.error;

/** Thrown for a wrong setting; the message names the key, what was found and what was expected. */
public final class SettingException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with a sentence that names the key. */
    public SettingException(String message) {
        super(message);
    }
}
