/**
 * The HTTP side of step 5: what a servlet container needs beside the WebSocket.
 * {@link io.laundrybridge.transport.servlet.EndpointSetup} registers everything: open it first. Two other classes are
 * filters: one refuses foreign origins with an exact 403, the other stamps responses with positions. The others are
 * servlets, for the browser client's files and for requests that open no WebSocket.
 */
@NullMarked
package io.laundrybridge.transport.servlet;

import org.jspecify.annotations.NullMarked;
