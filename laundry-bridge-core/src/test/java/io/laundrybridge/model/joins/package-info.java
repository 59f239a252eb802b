/** A model of writes, REST reads and joins: no write is lost between the loaded state and the stream. */
@NullMarked
package io.laundrybridge.model.joins;

import org.jspecify.annotations.NullMarked;
