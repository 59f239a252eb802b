package io.laundrybridge.jcstress.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelHealth;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.host.HostServices;

/** A channel that has a log and no source: an actor appends. */
public final class LiveChannel {
    private LiveChannel() {}

    /** Returns a channel whose present life is in {@code log}. */
    public static Channel with(ChannelLog log, HostServices services) {
        Channel channel = new Channel("c", null, null, services);
        channel.become(new ChannelState(log, null, true, new ChannelHealth(null, "", false, false), null));
        return channel;
    }
}
