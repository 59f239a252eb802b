package io.laundrybridge.publish;

import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.Access;

/**
 * The decisions of a channel's operator about publishes.
 *
 * @param access decides which callers may publish: those to whom it grants everything
 * @param check checks values
 * @param mapping makes the record of a publish
 * @param limits the longest value and key, the deepest nesting, the longest number
 */
public record PublishPolicy(Access access, ValueCheck check, PublishMapping mapping, ValueLimits limits) {}
