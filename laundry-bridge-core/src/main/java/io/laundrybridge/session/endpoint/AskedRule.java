package io.laundrybridge.session.endpoint;

import io.laundrybridge.channel.ChannelPolicy;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.policy.Access;

/**
 * A rule that a question is about.
 *
 * @param access the rule
 * @param filterFields the fields that a filter of rows may use
 * @param variant the place of the channel's variant to which the rule belongs
 */
record AskedRule(Access access, FilterFields filterFields, int variant) {

    /** Returns the rule for which callers may read a channel with {@code policy}. */
    static AskedRule reading(ChannelPolicy policy) {
        return new AskedRule(policy.access(), policy.filterFields(), policy.variant());
    }

    /** Returns the rule for which callers may publish. */
    static AskedRule publishing(Access access) {
        return new AskedRule(access, FilterFields.NONE, 0);
    }
}
