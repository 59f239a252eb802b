/**
 * One subscription's reading of one log: its place, its selection, passes of newest events, and its matches.
 *
 * <p>Open {@link io.laundrybridge.session.reader.LogReader} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.reader;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
