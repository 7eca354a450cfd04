/**
 * What operators are given under {@code docs/operations}, held to what it is for. Start at {@code
 * KubernetesManifestsTest}.
 */
@NullMarked
package io.github.orderlookup.operations;

import org.jspecify.annotations.NullMarked;
