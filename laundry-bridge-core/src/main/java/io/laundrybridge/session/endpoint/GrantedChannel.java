package io.laundrybridge.session.endpoint;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.policy.Grant;

/**
 * What a caller may read under the name of a channel.
 *
 * @param channel the channel, or the first of its variants that the caller may read
 * @param grant what of it; not {@link Grant.Nothing}
 */
public record GrantedChannel(Channel channel, Grant grant) {}
