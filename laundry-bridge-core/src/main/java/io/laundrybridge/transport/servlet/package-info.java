/** Step 5 of 5, the HTTP side: the origin check with an exact 403, and the browser client's files. */
@NullMarked
package io.laundrybridge.transport.servlet;

import org.jspecify.annotations.NullMarked;
