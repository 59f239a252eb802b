package io.laundrybridge.session.login;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.policy.Caller;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authenticators for the user of one credential, one after the other. It is answered once, or cancelled, and
 * then it holds the credential no longer. Thread-safe.
 */
final class AuthenticationCall implements Runnable {
    private final AuthenticationThreads threads;
    private final Iterator<Authenticator> next;
    private final AtomicReference<@Nullable Consumer<LoginAnswer>> receiver;
    private volatile @Nullable Credentials credentials;
    private @Nullable Thread running; // guarded by this
    private boolean substituted; // guarded by this
    private @Nullable CompletableFuture<?> waiting; // guarded by this

    /** Makes a call whose answer goes to {@code receiver}, on any thread. */
    AuthenticationCall(
            List<Authenticator> authenticators,
            AuthenticationThreads threads,
            Credentials credentials,
            Consumer<LoginAnswer> receiver) {
        this.next = authenticators.iterator();
        this.threads = threads;
        this.credentials = credentials;
        this.receiver = new AtomicReference<>(receiver);
    }

    void begin() {
        if (!threads.run(this)) {
            answer(new LoginAnswer.Unclear("too many credentials wait for the authenticators"));
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            running = Thread.currentThread();
        }
        try {
            ask();
        } catch (Throwable e) {
            answer(failure(e));
        } finally {
            leave();
        }
    }

    private void ask() {
        CompletableFuture<@Nullable Caller> user = CompletableFuture.completedFuture(null);
        while (user.isDone() && user.join() == null) {
            Credentials asked = credentials;
            if (asked == null || !next.hasNext()) {
                answer(LoginAnswer.Unknown.INSTANCE);
                return;
            }
            user = of(next.next().authenticate(asked));
        }
        var unused = user.whenComplete(this::settled);
    }

    /** Returns the result of {@code stage}, which may be null although it must not. */
    private CompletableFuture<@Nullable Caller> of(@Nullable CompletionStage<@Nullable Caller> stage) {
        if (stage == null) {
            throw new IllegalStateException("the authenticator returned null instead of a stage");
        }
        CompletableFuture<@Nullable Caller> user = new CompletableFuture<>();
        synchronized (this) {
            waiting = stage instanceof CompletableFuture<?> future ? future : null;
        }
        var unused = stage.whenComplete((caller, failure) -> {
            if (failure == null) {
                user.complete(caller);
            } else {
                user.completeExceptionally(failure);
            }
        });
        return user;
    }

    /** Continues with the next authenticator if the last one does not know the credential. */
    private void settled(@Nullable Caller caller, @Nullable Throwable failure) {
        if (failure != null) {
            answer(failure(failure));
        } else if (caller != null) {
            answer(new LoginAnswer.Accepted(caller));
        } else {
            begin();
        }
    }

    private static LoginAnswer failure(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RefusedCredentialsException refused
                ? new LoginAnswer.Refused(String.valueOf(refused.getMessage()))
                : new LoginAnswer.Unclear(
                        "an authenticator failed: " + cause.getClass().getName());
    }

    private void answer(LoginAnswer answer) {
        Consumer<LoginAnswer> told = receiver.getAndSet(null);
        credentials = null;
        if (told != null) {
            told.accept(answer);
        }
    }

    /** Ends the call without an answer: interrupts a call that runs, and gives its thread a substitute. */
    void cancel() {
        if (receiver.getAndSet(null) == null) {
            return;
        }
        credentials = null;
        threads.remove(this);
        CompletableFuture<?> late;
        synchronized (this) {
            late = waiting;
            if (running != null) {
                running.interrupt();
                substituted = true;
                threads.stuck();
            }
        }
        if (late != null) {
            late.cancel(true);
        }
    }

    private synchronized void leave() {
        if (running == Thread.currentThread()) {
            running = null;
            if (substituted) {
                substituted = false;
                threads.free();
            }
        }
    }
}
