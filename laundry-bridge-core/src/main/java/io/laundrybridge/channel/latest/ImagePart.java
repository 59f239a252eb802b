package io.laundrybridge.channel.latest;

import io.laundrybridge.channel.log.ChannelLog;

/**
 * Some rows of an image as a finished log, so that they are sent like any line.
 *
 * @param next where the next part begins; -1 if this is the last
 */
public record ImagePart(ChannelLog lines, long next) {}
