/**
 * What an operator decides about a channel: who may read it, how much of it is kept, and what happens to readers and records
 * that do not keep within that. Open {@link io.laundrybridge.policy.Access} first.
 *
 * <p>Exported: users pass these values to the builders. Every step may depend on this package.
 */
@NullMarked
package io.laundrybridge.policy;

import org.jspecify.annotations.NullMarked;
