/**
 * The HTTP side of step 5: what a servlet container needs beside the WebSocket. {@link
 * io.laundrybridge.transport.servlet.EndpointSetup} registers everything: open it first. The other classes are a
 * filter that refuses foreign origins with an exact 403, a servlet with the browser client's files, and a servlet for
 * requests that open no WebSocket.
 */
@NullMarked
package io.laundrybridge.transport.servlet;

import org.jspecify.annotations.NullMarked;
