package io.laundrybridge.config;

/** A setting is wrong; the message names the key, what was found and what was expected. */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An error with a sentence that names the key. */
    public SettingException(String message) {
        super(message);
    }
}
