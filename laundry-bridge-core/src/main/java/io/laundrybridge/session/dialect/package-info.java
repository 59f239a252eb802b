/**
 * What a session says and understands. Each dialect is a package below this one.
 *
 * <p>Open {@link io.laundrybridge.session.dialect.Dialect} first.
 */
@NullMarked
package io.laundrybridge.session.dialect;

import org.jspecify.annotations.NullMarked;
