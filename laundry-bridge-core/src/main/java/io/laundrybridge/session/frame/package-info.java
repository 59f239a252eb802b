/**
 * Frames that sessions at the same place share, plain or compressed.
 *
 * <p>Open {@link io.laundrybridge.session.frame.SharedFrames} first.
 */
@NullMarked
package io.laundrybridge.session.frame;

import org.jspecify.annotations.NullMarked;
