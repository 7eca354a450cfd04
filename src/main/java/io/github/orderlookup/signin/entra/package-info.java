/**
 * The adapter to Microsoft Entra ID. Start at {@code EntraApplication}.
 *
 * <p>MSAL4J composes a token request (client secret, signed client assertion of a certificate, or
 * refresh token) and reads its response. The rest is ours, since MSAL4J 1.23.1:
 *
 * <ul>
 *   <li>sends one token request for each of many concurrent callers, and never finds a token in its
 *       cache when the authority names a port: each sign-in uses a new application with an empty
 *       cache, and {@code signin} decides when to sign in;
 *   <li>repeats a request that failed with 5xx after a second: {@code EntraApplication} disables
 *       that;
 *   <li>asks the public login host about other hosts first: {@code EntraApplication} disables that;
 *   <li>bounds neither the time nor the size of a response, and insists on https: {@code LoginHost}
 *       is its HTTP client;
 *   <li>logs and throws the text of error responses: {@code LoginHost} lets it see tokens alone,
 *       and {@code TokenErrorClassifier} classifies the rest;
 *   <li>runs requests on the common pool: {@code CallingThread} runs them on the caller's thread;
 *   <li>gives refresh tokens out in its serialised cache alone;
 *   <li>has the device flow for public clients alone, whose refresh token cannot be renewed with
 *       the credential of an application (AADSTS700025), sleeps in it and does not know {@code
 *       slow_down}: {@code EntraApplication} polls by token requests of a confidential client, with
 *       the device code put into the form by {@code DeviceForm}.
 * </ul>
 */
@NullMarked
package io.github.orderlookup.signin.entra;

import org.jspecify.annotations.NullMarked;
