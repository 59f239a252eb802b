package io.laundrybridge.session.dialect.full;

import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.dialect.AccessQueue;
import io.laundrybridge.session.dialect.ClientPublishes;
import io.laundrybridge.session.worker.Session;
import org.jspecify.annotations.Nullable;

/** Handles the requests of a client, and answers them. Confined to the session's worker. */
final class Requests implements ClientLine.Handler {
    private final Session session;
    private final Subscriptions subscriptions;
    private final AccessQueue access;
    private final SessionLines lines;
    private final Failures failures;
    /** Null until the client publishes. */
    private @Nullable ClientPublishes publishes;

    Requests(Session session, Subscriptions subscriptions, SessionLines lines, Failures failures) {
        this.session = session;
        this.access = subscriptions.access();
        this.subscriptions = subscriptions;
        this.lines = lines;
        this.failures = failures;
    }

    @Override
    public void subscribe(ClientLine.Subscribe line) {
        failures.guard(
                line.id(),
                () -> access.ask(
                        line.channel(),
                        question -> failures.guard(line.id(), () -> subscriptions.subscribe(line, question))));
    }

    @Override
    public void unsubscribe(ClientLine.Unsubscribe line) {
        failures.guard(
                line.id(), () -> access.inOrder(line.channel(), () -> failures.guard(line.id(), () -> end(line))));
    }

    private void end(ClientLine.Unsubscribe line) {
        if (!subscriptions.unsubscribe(line.channel())) {
            throw new RefusedLineException(ErrorCode.BAD_REQUEST, "not subscribed to that channel");
        }
        lines.unsubscribed(line.id(), line.channel(), "asked for");
    }

    /** {@inheritDoc} A half hidden session could not continue: a failure here ends it. */
    @Override
    public void hidden(ClientLine.Hidden line) {
        subscriptions.open().hide(line);
    }

    @Override
    public void inView(ClientLine.InView line) {
        failures.guard(
                line.id(),
                () -> access.inOrder(line.channel(), () -> failures.guard(line.id(), () -> subscriptions.view(line))));
    }

    /** {@inheritDoc} Nothing is to be done: answers that count have been noted when they arrived. */
    @Override
    public void beat(ClientLine.Beat line) {}

    @Override
    public void ping(ClientLine.Ping line) {
        lines.pong(line.id());
    }

    @Override
    public void await(ClientLine.Await line) {
        failures.guard(
                line.id(),
                () -> access.inOrder(line.channel(), () -> failures.guard(line.id(), () -> subscriptions.await(line))));
    }

    @Override
    public void publish(ClientLine.Publish line) {
        if (publishes == null) {
            publishes = new ClientPublishes(session, new PublishAnswers());
        }
        publishes.publish(line);
    }

    private final class PublishAnswers implements ClientPublishes.Answers {
        @Override
        public void allowed() {
            subscriptions.first();
        }

        @Override
        public void stored(long id, String at) {
            lines.stored(id, at);
        }

        @Override
        public void failed(long id, Throwable why) {
            failures.answer(id, why);
        }
    }

    /** Goes on with the requests whose access rules have answered. */
    void goOn() {
        access.goOn();
        if (publishes != null) {
            publishes.access().goOn();
        }
    }

    /** Ends with the session. */
    void clear() {
        subscriptions.clear();
        if (publishes != null) {
            publishes.clear();
        }
    }

    @Override
    public void auth(ClientLine.Auth line) {
        session.login().token(line);
    }

    @Override
    public void refused(ClientLine.Refused line) {
        failures.answer(line.id(), line.code(), line.message());
    }
}
