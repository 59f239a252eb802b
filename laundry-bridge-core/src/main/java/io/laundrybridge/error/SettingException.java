package io.laundrybridge.error;

/** Thrown for a wrong setting; the message names the key, what was found and what was expected. */
public final class SettingException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    /** The whole key; of a channel's setting with the channel's name. */
    private final String key;

    /**
     * Makes an error about {@code key}.
     *
     * @param key the key to correct, with its prefix
     * @param sentence what was found and what was expected; if it does not name the key, the message begins with the
     *     key
     */
    public SettingException(String key, String sentence) {
        super(sentence.contains(key) ? sentence : key + ": " + sentence);
        this.key = key;
    }

    /** {@return the key to correct} */
    public String key() {
        return key;
    }
}
