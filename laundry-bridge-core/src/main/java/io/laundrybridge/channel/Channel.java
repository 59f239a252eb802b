package io.laundrybridge.channel;

import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.channel.replay.ChannelReplay;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.EventStream;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.logging.RateLimitedLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named stream that clients subscribe to: its access rule, its log, and the state of its source. Thread-safe; only
 * its writer changes it.
 */
public final class Channel implements EventStream {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    private final String name;
    private final ChannelPolicy policy;
    private final ChannelReplay replay;
    private final HostServices services;
    private final List<ChannelListener> listeners = new CopyOnWriteArrayList<>();
    private final RateLimitedLog failures;
    private volatile ChannelState state = ChannelState.LOADING;

    /**
     * Makes a channel without a source.
     *
     * @throws SettingException if {@code name} is not 1 to 128 of {@code A-Z a-z 0-9 _ . : -}
     */
    public Channel(String name, ChannelPolicy policy, ChannelReplay replay, HostServices services) {
        this.name = checked(name);
        this.policy = policy;
        this.replay = replay;
        this.services = services;
        this.failures = new RateLimitedLog(LOG, services.nanoTime());
    }

    /**
     * Returns {@code name}, if it is one of a channel.
     *
     * @throws SettingException if {@code name} is not 1 to 128 of {@code A-Z a-z 0-9 _ . : -}
     */
    public static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SettingException(
                    TOPIC.of(name).key(),
                    "a channel's name is '" + name + "'; expected 1 to 128 of A-Z a-z 0-9 _ . : - as NAME in " + TOPIC
                            + ", or in .channel(...)");
        }
        return name;
    }

    /** Returns {@code stream} as a channel: only bridges make streams, and all of them are channels. */
    public static Channel of(EventStream stream) {
        return (Channel) stream;
    }

    /** Returns the name that clients subscribe to. */
    @Override
    public String name() {
        return name;
    }

    /** Returns the decisions of its operator. */
    public ChannelPolicy policy() {
        return policy;
    }

    /** Returns the replay of records that the log no longer has. */
    public ChannelReplay replay() {
        return replay;
    }

    /** Returns the host's threads, clocks and telemetry. */
    public HostServices services() {
        return services;
    }

    /** Returns the channel's present state. */
    public ChannelState state() {
        return state;
    }

    /** Calls {@code listener} at every change from now on. */
    public void listen(ChannelListener listener) {
        listeners.add(listener);
    }

    /** Calls {@code listener} no more. */
    public void unlisten(ChannelListener listener) {
        listeners.remove(listener);
    }

    /** Replaces the state and calls all listeners. For the writer. */
    public void become(ChannelState next) {
        state = next;
        tell();
    }

    /** Calls all listeners, because the log grew. For the writer. */
    void tell() {
        for (ChannelListener listener : listeners) {
            tell(listener);
        }
    }

    private void tell(ChannelListener listener) {
        try {
            listener.changed(this);
        } catch (Throwable e) {
            failures.warn("A listener of channel '" + name + "' threw", e);
        }
    }
}
