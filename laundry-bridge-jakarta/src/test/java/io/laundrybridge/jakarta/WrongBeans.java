package io.laundrybridge.jakarta;

import io.laundrybridge.policy.Access;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/** A bean that forgot its channel. */
@Dependent
public class WrongBeans {

    @Produces
    @Dependent
    Access everybody() {
        return Access.anonymous();
    }
}
