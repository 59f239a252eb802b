/**
 * The contract on the wire ({@code docs/protocol.md}): lines of clients and their strict parser, lines of the server,
 * error codes and close codes. It knows no session and no container.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.laundrybridge.protocol;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
