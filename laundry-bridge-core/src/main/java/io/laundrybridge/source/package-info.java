/**
 * Step 1 of 5: the source, where records come from. An {@link io.laundrybridge.source.EventSource} reads them in order,
 * per partition, from a position, and hands them to a {@link io.laundrybridge.source.RecordHandler}. Open these two
 * first. Your own source keeps each handler's place with {@link io.laundrybridge.source.HandlerPlace}.
 *
 * <p>Next: {@link io.laundrybridge.encode}, where a record becomes the bytes of its line, once.
 */
@NullMarked
package io.laundrybridge.source;

import org.jspecify.annotations.NullMarked;
