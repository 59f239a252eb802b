package io.laundrybridge.session;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The readers of the sources that tell whose grants have changed. Guarded by the endpoint. */
final class GrantReaders {
    private final List<EventSource> sources;
    private final List<SourceReader> open = new ArrayList<>();

    GrantReaders(List<EventSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Begins to read from now on, and has {@code sessions} ask again; does nothing if it reads already. */
    void open(HostServices services, OpenSessions sessions) {
        if (open.isEmpty()) {
            ReadRequest fromNow = new ReadRequest("grants", Duration.ZERO, services);
            sources.forEach(source -> open.add(source.open(fromNow, new GrantChanges(sessions))));
        }
    }

    void close() {
        open.forEach(SourceReader::close);
        open.clear();
    }
}
