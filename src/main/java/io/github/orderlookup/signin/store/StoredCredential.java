package io.github.orderlookup.signin.store;

/**
 * What is known of a stored credential without using it.
 *
 * @param version another one after each change of the file
 * @param signIn another one after each sign-in of a user; stays when a renewal replaces the token
 */
public record StoredCredential(Object version, String signIn) {

    /** There is nothing stored that could be replaced. */
    public static final StoredCredential NONE = new StoredCredential("", "");
}
