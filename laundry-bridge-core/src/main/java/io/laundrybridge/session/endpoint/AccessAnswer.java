package io.laundrybridge.session.endpoint;

import io.laundrybridge.policy.Grant;

/**
 * The answer of a channel's access rules for one caller.
 *
 * @param variant the place of the channel's variant that grants something; 0 if none does
 * @param grant what it grants
 * @param busy whether no rule could be asked, because too many questions wait
 */
record AccessAnswer(int variant, Grant grant, boolean busy) {
    static final AccessAnswer NOTHING = new AccessAnswer(0, Grant.nothing(), false);
    static final AccessAnswer BUSY = new AccessAnswer(0, Grant.nothing(), true);
}
