/**
 * The plain dialect: one channel per socket, one record value per text frame.
 *
 * <p>Open {@code PlainConversation} first.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.session.dialect.plain;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
