package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.ClientLine;

/** A subscribe whose position this node has not reached yet; waits until {@code deadline} (nanoseconds). */
record PendingStart(Channel channel, ClientLine.Subscribe request, Selection selection, long deadline) {}
