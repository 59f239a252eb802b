/**
 * Step 4 of 5, for the application itself: the events of a channel as calls of a handler. Open {@link
 * io.laundrybridge.callback.CallbackSink} first.
 *
 * <p>Exported. A sibling of {@link io.laundrybridge.session}, which sends the same events to browsers.
 */
@NullMarked
package io.laundrybridge.callback;

import org.jspecify.annotations.NullMarked;
