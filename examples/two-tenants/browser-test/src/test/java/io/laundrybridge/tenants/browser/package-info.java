/** The page of two tenants as its users see it: in a browser. */
@NullMarked
package io.laundrybridge.tenants.browser;

import org.jspecify.annotations.NullMarked;
