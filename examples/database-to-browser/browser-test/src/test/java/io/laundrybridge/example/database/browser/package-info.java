/** The page of the database example as its users see it: in a browser. */
@NullMarked
package io.laundrybridge.example.database.browser;

import org.jspecify.annotations.NullMarked;
