package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;

/** Where the source stood when the log's head was at {@code index}: past holes that hold no records. */
record LogProgress(long index, PositionVector vector) {}
