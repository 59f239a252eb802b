/**
 * A small web server for applications that have no other server: a bridge's endpoint, files from the class path, and
 * pages about itself. Begin at {@link io.laundrybridge.standalone.StandaloneServer}.
 */
@NullMarked
package io.laundrybridge.standalone;

import org.jspecify.annotations.NullMarked;
