package io.laundrybridge.channel;

import static io.laundrybridge.config.ChannelSettings.UNDECODABLE;

import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.error.LaundryBridgeException;
import io.laundrybridge.event.SourceRecord;

/** Thrown if a record could not be decoded and the channel's policy is to fail. */
public final class UndecodableRecordException extends LaundryBridgeException {
    private static final long serialVersionUID = 1L;

    UndecodableRecordException(String channel, SourceRecord record, UndecodableException cause) {
        super(
                "channel '" + channel + "' stopped at partition " + record.partition() + " offset " + record.offset()
                        + ": " + cause.getMessage() + "; to go on instead set " + UNDECODABLE.of(channel)
                        + "=skip or dead-letter",
                cause);
    }
}
