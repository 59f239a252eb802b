/**
 * Filters of clients on a record's value: the fields that a channel declared, and a small closed language over them.
 * Open {@link io.laundrybridge.filter.Filter} first. Values that every step may use.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.filter;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
