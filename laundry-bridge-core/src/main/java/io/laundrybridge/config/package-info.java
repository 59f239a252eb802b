/**
 * The settings that an operator can give, and their values. {@link io.laundrybridge.config.SettingCatalogue} lists all
 * settings; {@link io.laundrybridge.config.Settings} has the values of a host. Every step may depend on this package.
 */
@NullMarked
package io.laundrybridge.config;

import org.jspecify.annotations.NullMarked;
