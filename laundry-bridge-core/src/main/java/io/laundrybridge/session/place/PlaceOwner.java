package io.laundrybridge.session.place;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;

/**
 * The reader of a channel to whom places belong.
 *
 * @param channel the channel's name
 * @param user the user's name; "" if anonymous
 * @param tag stands for the grant and the channel's variant; "" for everything of the first variant
 * @param restricted whether the grant is some rows only
 */
public record PlaceOwner(String channel, String user, String tag, boolean restricted) {

    /** Returns the reader of {@code channel} that {@code caller} is under {@code grant}. */
    static PlaceOwner of(Channel channel, Caller caller, Grant grant) {
        String tag = GrantTag.of(grant, channel.policy().variant());
        return new PlaceOwner(channel.name(), caller.name(), tag, grant instanceof Grant.Rows);
    }

    /** Returns this reader as one of some rows only, who may learn no offset. */
    public PlaceOwner asRestricted() {
        return new PlaceOwner(channel, user, tag, true);
    }
}
