/**
 * Which events a subscription wants: keys, filters and the keys that a page shows.
 *
 * <p>Open {@link io.laundrybridge.session.select.Selection} first: every path asks this one predicate.
 */
@NullMarked
package io.laundrybridge.session.select;

import org.jspecify.annotations.NullMarked;
