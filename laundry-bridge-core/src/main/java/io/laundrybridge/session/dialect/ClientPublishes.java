package io.laundrybridge.session.dialect;

import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.publish.Publish;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.session.endpoint.AccessQuestion;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.endpoint.StampedChannel;
import io.laundrybridge.session.publish.PublishOutcome;
import io.laundrybridge.session.publish.PublishSender;
import io.laundrybridge.session.worker.Session;
import java.util.List;
import java.util.function.Consumer;

/**
 * The publishes of one session: counts them, asks whether the user may, and answers. Confined to the session's worker,
 * except the outcomes, which come on any thread.
 */
public final class ClientPublishes {
    private final Session session;
    private final EndpointContext context;
    private final Answers answers;
    private final AccessQueue access;
    private final PublishSender sender;

    /** How a dialect answers a publish. Called on the session's worker. */
    public interface Answers {

        /** Notes that the session's user may publish, so that the session is used. */
        void allowed();

        /** Answers that publish {@code id} is stored {@code at} a place, as clients get it. */
        void stored(long id, String at);

        /** Answers that publish {@code id} failed. */
        void failed(long id, Throwable why);
    }

    public ClientPublishes(Session session, Answers answers) {
        this.session = session;
        this.context = session.context();
        this.answers = answers;
        this.access = new AccessQueue(session, this::ask);
        this.sender = context.publishing().sender();
    }

    /** Returns the publishes that wait for an access rule. */
    public AccessQueue access() {
        return access;
    }

    private AccessQuestion ask(String channel, Caller caller, Runnable whenAnswered) {
        return context.channels().askToPublish(channel, context.publishing().access(channel), caller, whenAnswered);
    }

    /** Takes {@code line}, or answers why not. */
    public void publish(ClientLine.Publish line) {
        guard(line, () -> {
            sender.count(user(), line.value().length);
            access.ask(line.channel(), question -> guard(line, () -> publish(line, question)));
        });
    }

    /** Returns what tells users apart: the name, or the address of anonymous sessions. */
    private String user() {
        Caller caller = session.caller();
        return caller.anonymous() ? "@" + session.audit().client().address() : caller.name();
    }

    private void publish(ClientLine.Publish line, AccessQuestion question) {
        context.channels().checkPublish(question);
        answers.allowed();
        Publish publish = new Publish(
                line.channel(),
                session.caller(),
                line.mid(),
                line.key(),
                line.value(),
                context.services().clock().instant());
        sender.take(publish, outcome(line));
    }

    private void guard(ClientLine.Publish line, Runnable handling) {
        try {
            handling.run();
        } catch (RefusedLineException refusal) {
            refused(line, refusal.code(), String.valueOf(refusal.getMessage()));
            answers.failed(line.id(), refusal);
        } catch (Throwable e) {
            refused(line, ErrorCode.INTERNAL, "unforeseen");
            answers.failed(line.id(), e);
        }
    }

    /** Returns what takes the outcome of {@code line}: it is reported at once, and answered if the session is open. */
    private Consumer<PublishOutcome> outcome(ClientLine.Publish line) {
        return outcome -> {
            RecordPlace place = outcome.place();
            ErrorCode code = outcome.code();
            if (place != null) {
                session.audit().published(line.channel(), "", "mid " + line.mid() + " at " + place);
                session.later(() -> answers.stored(line.id(), receipt(line.channel(), place)));
            } else if (code != null) {
                refused(line, code, outcome.message());
                session.later(() -> answers.failed(line.id(), new RefusedLineException(code, outcome.message())));
            }
        };
    }

    /** Returns {@code place} as clients get it: sealed if readers of the channel may learn no offset. */
    private String receipt(String channel, RecordPlace place) {
        return new StampedChannel(channel, context).receipt(List.of(place));
    }

    private void refused(ClientLine.Publish line, ErrorCode code, String reason) {
        SessionAudit audit = session.audit();
        context.services().telemetry().add(Meter.PUBLISHES_REFUSED, code.code(), 1);
        audit.published(line.channel(), code.code(), "mid " + line.mid() + ": " + reason);
    }

    /** Ends with the session. What was taken goes on. */
    public void clear() {
        access.clear();
    }
}
