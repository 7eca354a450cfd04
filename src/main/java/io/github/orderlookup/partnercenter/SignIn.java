package io.github.orderlookup.partnercenter;

/** The way to one new access token: one request to the login host, no cache, no retry. */
@FunctionalInterface
interface SignIn {
    /** Blocks until the login host has answered; never called by two threads at once. */
    AccessToken newToken() throws SignInException;
}
