package io.laundrybridge.publish;

/**
 * Checks the value of a publish, for example against a JSON Schema. The check comes before the mapping, and on the same
 * thread, which may block. Thread-safe.
 */
@FunctionalInterface
public interface ValueCheck {

    /**
     * Refuses a value that is wrong.
     *
     * @param value the value as one JSON text in UTF-8; not to be changed
     * @throws PublishException with {@link PublishException.Failure#REFUSED}; its message names the place in the value
     *     and what was expected there, and contains no data
     */
    void check(byte[] value);

    /** {@return the check that takes every value} */
    static ValueCheck none() {
        return value -> {};
    }
}
