/**
 * Step 2 of 5: a record becomes the bytes of its protocol line, once, whoever reads it later. JSON values pass through
 * as bytes after one validation; a mapping or a decoder makes other views.
 *
 * <p>Next: {@link io.laundrybridge.channel}, where the lines lie back to back in the channel's log.
 */
@NullMarked
package io.laundrybridge.encode;

import org.jspecify.annotations.NullMarked;
