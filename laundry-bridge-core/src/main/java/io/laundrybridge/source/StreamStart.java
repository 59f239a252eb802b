package io.laundrybridge.source;

import io.laundrybridge.event.PositionVector;

/**
 * Where a reading begins.
 *
 * @param epoch names the life of the stream: equal on every node, different once the topic was deleted and made again;
 *     1 to 32 characters of {@code [0-9a-zA-Z_-]}
 * @param beginning the oldest offsets that the stream still had when reading began
 * @param start the first offsets that will be handed over; at or after {@code beginning}
 */
public record StreamStart(String epoch, PositionVector beginning, PositionVector start) {}
