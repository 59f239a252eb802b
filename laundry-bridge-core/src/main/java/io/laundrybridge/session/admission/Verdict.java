package io.laundrybridge.session.admission;

import org.jspecify.annotations.Nullable;

/**
 * The decision whether a handshake may continue.
 *
 * @param client the client's address, as trusted proxies report it if there are any; "" if unknown
 * @param refusal why it may not, in a sentence for the operator that names the setting; null if it may
 */
public record Verdict(String client, @Nullable String refusal) {

    /** {@return whether it may} */
    public boolean admitted() {
        return refusal == null;
    }
}
