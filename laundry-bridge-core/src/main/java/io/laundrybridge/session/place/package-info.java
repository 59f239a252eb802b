/**
 * Writes and reads the places to which clients come back: open, or sealed for sessions that may read some rows only.
 *
 * <p>Open {@link io.laundrybridge.session.place.Places} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.place;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
