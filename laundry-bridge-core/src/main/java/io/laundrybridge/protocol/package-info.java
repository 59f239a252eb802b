/**
 * The contract on the wire ({@code docs/protocol.md}): lines of clients and their strict parser, lines of the server,
 * error codes and close codes. It knows no session and no container.
 */
@NullMarked
package io.laundrybridge.protocol;

import org.jspecify.annotations.NullMarked;
