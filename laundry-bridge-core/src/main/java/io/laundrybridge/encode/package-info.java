/**
 * Step 2 of 5: a record becomes the bytes of its protocol line, once for all readers. Open
 * {@link io.laundrybridge.encode.LineEncoder} first; {@link io.laundrybridge.encode.EventLayout} has the layout of the
 * line. JSON values are copied as bytes after one validation; a mapping or a decoder makes other views.
 *
 * <p>Next: {@link io.laundrybridge.channel}, whose log stores the lines one after the other.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.encode;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
