package io.laundrybridge.session;

import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.socket.HostSession;
import io.laundrybridge.session.worker.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session of the list of open sessions, and what is known of its client. */
record OpenSession(
        Session session,
        SessionAudit audit,
        Instant since,
        @Nullable HostSession host) {

    /** Returns the user's name as of now; "" if anonymous. */
    String user() {
        return session.caller().name();
    }

    /** Returns this session with the channels that it reads. */
    SessionInfo info(List<ReadChannel> channels) {
        return new SessionInfo(
                audit.session(),
                session.caller().name(),
                audit.client().address(),
                audit.client().origin(),
                since,
                channels.stream().map(OpenSession::reading).toList());
    }

    private static SessionInfo.Reading reading(ReadChannel channel) {
        return new SessionInfo.Reading(channel.name(), channel.lag(), Duration.ofMillis(channel.behindMillis()));
    }
}
