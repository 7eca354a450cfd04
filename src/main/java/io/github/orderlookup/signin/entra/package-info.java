/**
 * The adapter to Microsoft Entra ID: token requests by MSAL4J over an HTTP client of our own, and
 * what its errors mean. Start at {@code EntraApplication}.
 */
@NullMarked
package io.github.orderlookup.signin.entra;

import org.jspecify.annotations.NullMarked;
