package io.laundrybridge.session.endpoint;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The channels of an endpoint, and which callers may read them. An endpoint knows a channel from its announcement until
 * the endpoint closes: a channel that is not attached now still exists. Thread-safe.
 */
public final class EndpointChannels {
    private final Map<String, ChannelVariants> byName = new ConcurrentHashMap<>();
    private final AccessRules rules;
    private final AccessThreads threads;

    public EndpointChannels(HostServices services, AccessLimits limits) {
        this.rules = new AccessRules(services, limits.deadline());
        this.threads = new AccessThreads(services, limits);
    }

    /** Adds {@code channel}, which will be attached. Variants of a channel share a name and have a place each. */
    public void announce(Channel channel) {
        change(channel, known -> known == null ? KnownChannel.announced(channel) : known.with(channel));
    }

    public void add(Channel channel) {
        change(channel, known -> {
            if (known != null && known.attached() != null) {
                throw new IllegalStateException("channel '" + channel.name()
                        + "' is already attached to this endpoint; give each bridge a channel name of its own");
            }
            return known == null ? KnownChannel.attached(channel) : known.attach(channel);
        });
    }

    private void change(Channel channel, Function<@Nullable KnownChannel, KnownChannel> change) {
        byName.compute(channel.name(), (name, present) -> {
            ChannelVariants known = present == null ? ChannelVariants.NONE : present;
            return known.with(channel, change.apply(known.like(channel)));
        });
    }

    /** Removes {@code channel}, which is no longer read, or will not be attached. The endpoint still knows its name. */
    public void remove(Channel channel) {
        byName.computeIfPresent(
                channel.name(), (name, known) -> known.change(channel, variant -> variant.without(channel)));
    }

    /** Forgets the channels that are neither attached nor announced. */
    public void forgetStopped() {
        for (String name : byName.keySet()) {
            byName.computeIfPresent(name, (same, known) -> known.areStopped() ? null : known);
        }
    }

    /** Returns all channels that the endpoint knows, attached or not, with all their variants. */
    public Collection<KnownChannel> all() {
        return byName.values().stream()
                .flatMap(variants -> variants.all().stream())
                .toList();
    }

    /** Returns the variants of channel {@code name}, attached or not; none if the endpoint does not know it. */
    Collection<KnownChannel> variants(String name) {
        return byName.getOrDefault(name, ChannelVariants.NONE).all();
    }

    /** Returns the names of all channels that the endpoint knows, attached or not. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /**
     * Asks what {@code caller} may read under {@code name}. The first variant that grants something counts. Rules that
     * may block are asked on other threads.
     *
     * @param whenAnswered called on any thread once an answer has come later
     */
    public AccessQuestion ask(String name, Caller caller, Runnable whenAnswered) {
        List<AskedRule> variants = byName.getOrDefault(name, ChannelVariants.NONE).all().stream()
                .map(known -> AskedRule.reading(known.policy()))
                .toList();
        return asked(new AccessQuestion(name, caller, variants, false, rules, whenAnswered));
    }

    /**
     * Asks whether {@code caller} may publish to the channel {@code name}, by {@code rule}. Without a rule it asks what
     * the caller may read, because that decides on the refusal.
     *
     * @param whenAnswered called on any thread once an answer has come later
     */
    public AccessQuestion askToPublish(String name, @Nullable Access rule, Caller caller, Runnable whenAnswered) {
        return rule == null
                ? ask(name, caller, whenAnswered)
                : asked(new AccessQuestion(
                        name, caller, List.of(AskedRule.publishing(rule)), true, rules, whenAnswered));
    }

    private AccessQuestion asked(AccessQuestion question) {
        question.askImmediate();
        if (question.answer() == null) {
            threads.ask(question);
        }
        return question;
    }

    /** Returns whether {@code question} has an answer, or has one now because it took too long. */
    public boolean isAnswered(AccessQuestion question) {
        if (question.answer() == null) {
            question.expire(threads.isStuck(question.lane()));
        }
        return question.answer() != null;
    }

    /**
     * Returns the answer to {@code question}.
     *
     * @throws RefusedLineException {@code forbidden}, with one sentence, if the channel does not exist or the caller
     *     may not read it. {@code busy} if the rules could not be asked
     */
    public GrantedChannel granted(AccessQuestion question) {
        AccessAnswer answer = answer(question);
        if (answer.grant() == Grant.nothing()) {
            throw new RefusedLineException(
                    ErrorCode.FORBIDDEN, AccessRules.refusal(question.channel(), question.caller()));
        }
        KnownChannel known =
                byName.getOrDefault(question.channel(), ChannelVariants.NONE).at(answer.variant());
        Channel attached = known == null ? null : known.attached();
        if (attached == null) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE, "the channel is not started here; try again shortly");
        }
        return new GrantedChannel(attached, answer.grant());
    }

    private static AccessAnswer answer(AccessQuestion question) {
        AccessAnswer answer = Objects.requireNonNull(question.answer());
        if (answer.busy()) {
            throw new RefusedLineException(
                    ErrorCode.BUSY, "too many sessions ask for their rights at the moment; try again shortly");
        }
        return answer;
    }

    /**
     * Returns if the caller of {@code question} may publish.
     *
     * @throws RefusedLineException {@code forbidden}, with one sentence, if the channel does not exist, or the caller
     *     may not publish to it. {@code not_publishable} if the caller may read a channel that takes no publishes.
     *     {@code busy} if the rules could not be asked
     */
    public void checkPublish(AccessQuestion question) {
        Grant grant = answer(question).grant();
        if (question.isPublishing() && grant instanceof Grant.Rows) {
            rules.rowsForPublishing(question.channel());
        }
        if (!question.isPublishing() && grant != Grant.nothing()) {
            throw new RefusedLineException(ErrorCode.NOT_PUBLISHABLE, "the channel takes no publishes");
        }
        if (grant != Grant.everything()) {
            throw new RefusedLineException(
                    ErrorCode.FORBIDDEN, AccessRules.publishRefusal(question.channel(), question.caller()));
        }
    }

    /**
     * Returns the answer to {@code question}, for a new subscription.
     *
     * @throws RefusedLineException as {@link #granted}; also {@code source_unavailable} if the channel is not ready
     */
    public GrantedChannel readable(AccessQuestion question) {
        GrantedChannel granted = granted(question);
        ChannelState state = granted.channel().state();
        if (state.log() == null || !state.ready()) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE, "the channel is not ready yet; try again shortly");
        }
        return granted;
    }

    /** Asks no rule any more; questions get no answer. */
    public void finish() {
        threads.finish();
    }

    /**
     * Returns the roles in the access rules of all known channels, and in those for {@code publishing} to channels;
     * none for a rule that fails.
     */
    public Set<String> roles(Map<String, Access> publishing) {
        Set<String> roles = new HashSet<>();
        byName.forEach((name, known) -> known.all()
                .forEach(variant -> roles.addAll(rules.roles(variant.policy().access(), name))));
        publishing.forEach((name, rule) -> roles.addAll(rules.roles(rule, name)));
        return Set.copyOf(roles);
    }
}
