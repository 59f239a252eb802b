/**
 * The decisions of an operator about a channel: which callers may read it, how much of it is kept, and what happens
 * beyond these bounds. Open {@link io.laundrybridge.policy.Access} first.
 *
 * <p>Exported: users pass these values to the builders. Every step may depend on this package.
 */
@NullMarked
package io.laundrybridge.policy;

import org.jspecify.annotations.NullMarked;
