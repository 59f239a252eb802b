/**
 * Decides which events a subscription wants: keys, filters and the keys that a page shows.
 *
 * <p>Open {@link io.laundrybridge.session.select.Selection} first: every path asks this one predicate.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.select;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
