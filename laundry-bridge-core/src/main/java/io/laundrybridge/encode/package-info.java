/**
 * Step 2 of 5: a record becomes the bytes of its protocol line, once for all readers. JSON values are copied as bytes
 * after one validation; a mapping or a decoder makes other views.
 *
 * <p>Next: {@link io.laundrybridge.channel}, whose log stores the lines one after the other.
 */
@NullMarked
package io.laundrybridge.encode;

import org.jspecify.annotations.NullMarked;
