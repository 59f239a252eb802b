/**
 * Publishing: takes what clients publish, until it is stored or has failed. Lanes keep the order of each session,
 * threads check and map, and known messages recognise repeats. Open {@link
 * io.laundrybridge.session.publish.Publishing} first, then {@code PublishWork}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.publish;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
