/**
 * The languages of sessions. Each dialect is a package below this one.
 *
 * <p>Open {@link io.laundrybridge.session.dialect.Dialect} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.dialect;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
