/**
 * How one subscription reads one log: its place, what it selects, passes of the newest, and what the walk has found for
 * it.
 *
 * <p>Open {@link io.laundrybridge.session.reader.LogReader} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.reader;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
