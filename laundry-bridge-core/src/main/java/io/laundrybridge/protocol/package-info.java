/**
 * The contract on the wire ({@code docs/protocol.md}): the lines that clients send and their strict parser, the lines
 * the server writes, error codes and close codes. Knows no session and no container.
 */
@NullMarked
package io.laundrybridge.protocol;

import org.jspecify.annotations.NullMarked;
