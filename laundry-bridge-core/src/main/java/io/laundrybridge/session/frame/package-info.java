/**
 * Frames that sessions at the same place share, plain or compressed.
 *
 * <p>Open {@link io.laundrybridge.session.frame.SharedFrames} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.frame;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
