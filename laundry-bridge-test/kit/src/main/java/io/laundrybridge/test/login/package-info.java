/**
 * An issuer of JSON Web Tokens, without a library for them, so that a test can also make tokens that no library would.
 * Open {@link io.laundrybridge.test.login.TokenIssuer} first.
 */
@NullMarked
package io.laundrybridge.test.login;

import org.jspecify.annotations.NullMarked;
