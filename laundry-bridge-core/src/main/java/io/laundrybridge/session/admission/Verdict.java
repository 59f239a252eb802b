package io.laundrybridge.session.admission;

import org.jspecify.annotations.Nullable;

/**
 * Whether a handshake may go on.
 *
 * @param client the client's address, behind trusted proxies the one that they tell; "" if it is not known
 * @param refusal why it may not, in a sentence for the operator that names the setting; null if it may
 */
public record Verdict(String client, @Nullable String refusal) {

    /** Whether it may. */
    public boolean admitted() {
        return refusal == null;
    }
}
