/**
 * What bridges connect: a source to the sinks of a channel, and the publishes of a channel to a sink of records. Open
 * {@link io.laundrybridge.link.Link} first, then {@link io.laundrybridge.link.Connection}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.link;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
