package io.laundrybridge.publish;

import static io.laundrybridge.config.ChannelSettings.PUBLISH_ACCESS;
import static io.laundrybridge.config.ChannelSettings.PUBLISH_TO;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.Access;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a bridge from what clients publish to a channel. It says which callers may publish, what is accepted, and how
 * it becomes a record. Each method returns this builder; not thread-safe.
 *
 * @param <B> what is built, for example a bridge
 */
public final class PublishBuilder<B> {
    private static final Logger LOG = LoggerFactory.getLogger(PublishBuilder.class);

    private final String channel;
    private final BiFunction<PublishPolicy, RecordSink, B> build;
    private @Nullable Access access;
    private ValueCheck check = ValueCheck.none();
    private PublishMapping mapping = PublishMapping.asGiven();
    private ValueLimits limits = ValueLimits.DEFAULT;
    private @Nullable RecordSink sink;

    /**
     * Begins to build; applications call {@code Bridge.from(...)}.
     *
     * @param channel the channel's name
     * @param build makes the result
     */
    public PublishBuilder(String channel, BiFunction<PublishPolicy, RecordSink, B> build) {
        this.channel = channel;
        this.build = build;
    }

    /**
     * Sets the rule for which users may publish: those to whom it grants everything. A grant of some rows grants
     * nothing here. Without a rule nobody may publish.
     *
     * @param rule is asked for each publish; it may block, as it is not asked on the threads that send
     * @return this builder
     */
    public PublishBuilder<B> access(Access rule) {
        access = rule;
        return this;
    }

    /**
     * Sets the mapping, which makes the record of a publish; default {@link PublishMapping#asGiven()}.
     *
     * @param made makes the record
     * @return this builder
     */
    public PublishBuilder<B> map(PublishMapping made) {
        mapping = made;
        return this;
    }

    /**
     * Sets a check of values, for example by a JSON Schema; default {@link ValueCheck#none()}. It comes before the
     * mapping.
     *
     * @param values refuses wrong values
     * @return this builder
     */
    public PublishBuilder<B> check(ValueCheck values) {
        check = values;
        return this;
    }

    /**
     * Sets the bounds of keys and values; default {@link ValueLimits#DEFAULT}. The endpoint's own bound of published
     * values, {@code laundry-bridge.limits.publish-bytes}, comes first.
     *
     * @param values the longest value and key, the deepest nesting, the longest number
     * @return this builder
     */
    public PublishBuilder<B> limits(ValueLimits values) {
        limits = values;
        return this;
    }

    /**
     * Sets where records are stored, in place of {@link #to}.
     *
     * @param end stores records
     * @return this builder
     */
    public PublishBuilder<B> sink(RecordSink end) {
        sink = end;
        return this;
    }

    /**
     * Builds the bridge. It is not started yet, but the endpoint knows now that the channel takes publishes. Stop a
     * bridge that will never be started.
     *
     * @param end stores records
     * @return the bridge
     */
    public B to(RecordSink end) {
        return sink(end).build();
    }

    /**
     * Builds the bridge to the sink that was set, as {@link #to}.
     *
     * @return the bridge
     * @throws SettingException if no sink was set
     */
    public B build() {
        if (sink == null) {
            throw new SettingException(
                    PUBLISH_TO.of(channel).key(),
                    "publishes to channel '" + channel + "' are stored nowhere; set " + PUBLISH_TO.of(channel)
                            + " or call .sink(...)");
        }
        return build.apply(new PublishPolicy(rule(), check, mapping, limits), sink);
    }

    private Access rule() {
        if (access == null) {
            LOG.warn(
                    "Channel '{}' takes publishes but has no rule for them, so nobody may publish; set {}=authenticated"
                            + " or role:NAME, or call .access(...)",
                    channel,
                    PUBLISH_ACCESS.of(channel));
            return Access.nobody();
        }
        return access;
    }
}
