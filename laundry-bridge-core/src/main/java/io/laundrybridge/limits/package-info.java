/**
 * The bounds of a node: the sizes of records, frames and filters, the numbers of sessions and subscriptions, and how
 * long they wait. Each bound has a key below {@code laundry-bridge.limits}. Open
 * {@link io.laundrybridge.limits.SessionLimits} first.
 *
 * <p>Exported: users pass these values to the builders. Every step may depend on this package.
 */
@NullMarked
package io.laundrybridge.limits;

import org.jspecify.annotations.NullMarked;
