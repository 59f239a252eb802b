/**
 * A laundry service with two tenants, whose clerks see the orders of their tenant only. Open {@link
 * io.laundrybridge.tenants.OrderRights} first: the one rule that it takes.
 */
@NullMarked
package io.laundrybridge.tenants;

import org.jspecify.annotations.NullMarked;
