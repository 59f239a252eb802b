/**
 * The special ways of Tyrus: frames go to the writer of its own frames, which is Grizzly's socket if there is one. Open
 * {@link io.laundrybridge.transport.websocket.tyrus.TyrusAdapter} first. Internal.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.transport.websocket.tyrus;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
