/** Tests of the way from a row to the screen. Open {@code DebeziumShowsRowsTest} first. */
@NullMarked
package io.laundrybridge.example.database;

import org.jspecify.annotations.NullMarked;
