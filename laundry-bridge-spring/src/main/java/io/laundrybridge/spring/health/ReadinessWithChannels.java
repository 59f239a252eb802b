package io.laundrybridge.spring.health;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

/** The groups of the application, with the channels in the one named {@code readiness}. */
final class ReadinessWithChannels implements HealthEndpointGroups, AdditionalPathsMapper {
    private static final String READINESS = "readiness";

    private final HealthEndpointGroups groups;
    private final String contributor;

    /**
     * Makes the groups.
     *
     * @param groups what Boot has made
     * @param contributor the name of the channels' contributor
     */
    ReadinessWithChannels(HealthEndpointGroups groups, String contributor) {
        this.groups = groups;
        this.contributor = contributor;
    }

    @Override
    public HealthEndpointGroup getPrimary() {
        return groups.getPrimary();
    }

    @Override
    public Set<String> getNames() {
        return groups.getNames();
    }

    @Override
    public @Nullable HealthEndpointGroup get(String name) {
        HealthEndpointGroup group = groups.get(name);
        return group != null && name.equals(READINESS) ? new GroupWithMember(group, contributor) : group;
    }

    /** Keeps the paths that Boot's groups have beside the endpoint, such as {@code /readyz}. */
    @Override
    public @Nullable List<String> getAdditionalPaths(EndpointId endpoint, WebServerNamespace server) {
        return groups instanceof AdditionalPathsMapper mapper ? mapper.getAdditionalPaths(endpoint, server) : null;
    }
}
