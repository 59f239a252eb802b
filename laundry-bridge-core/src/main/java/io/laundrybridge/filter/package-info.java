/**
 * Filters of clients on a record's value: the fields that a channel declared, and a small closed language over them.
 * Values that every step may use.
 */
@NullMarked
package io.laundrybridge.filter;

import org.jspecify.annotations.NullMarked;
