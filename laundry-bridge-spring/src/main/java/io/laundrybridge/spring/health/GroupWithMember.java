package io.laundrybridge.spring.health;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/** A group of health contributors with one more member and its parts. */
record GroupWithMember(HealthEndpointGroup group, String member) implements HealthEndpointGroup {

    @Override
    public boolean isMember(String name) {
        return group.isMember(name) || name.equals(member) || name.startsWith(member + "/");
    }

    @Override
    public boolean showComponents(SecurityContext security) {
        return group.showComponents(security);
    }

    @Override
    public boolean showDetails(SecurityContext security) {
        return group.showDetails(security);
    }

    @Override
    public StatusAggregator getStatusAggregator() {
        return group.getStatusAggregator();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
        return group.getHttpCodeStatusMapper();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
        return group.getAdditionalPath();
    }
}
