package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;

/** The source's position when the log's head was at {@code index}: after holes without records. */
record LogProgress(long index, PositionVector vector) {}
