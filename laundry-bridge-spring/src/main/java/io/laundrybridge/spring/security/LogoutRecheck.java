package io.laundrybridge.spring.security;

import io.laundrybridge.LaundryBridge;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;

/** Has the access rules asked again for the sessions of a user who logs out. */
final class LogoutRecheck implements ApplicationListener<LogoutSuccessEvent> {
    private final ObjectProvider<LaundryBridge> laundry;

    LogoutRecheck(ObjectProvider<LaundryBridge> laundry) {
        this.laundry = laundry;
    }

    @Override
    public void onApplicationEvent(LogoutSuccessEvent logout) {
        String user = logout.getAuthentication().getName();
        laundry.ifAvailable(bridge -> bridge.recheck(user));
    }
}
