/** The dashboard as a person sees it: in a browser. */
@NullMarked
package io.laundrybridge.dashboard.browser;

import org.jspecify.annotations.NullMarked;
