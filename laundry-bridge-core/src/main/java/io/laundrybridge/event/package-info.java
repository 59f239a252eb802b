/**
 * The values that all steps share: records of a source, places and positions in a stream, and the notices (gaps,
 * resets) for missing records.
 *
 * <p>Every step may depend on this package; it depends on none of them.
 */
@NullMarked
package io.laundrybridge.event;

import org.jspecify.annotations.NullMarked;
