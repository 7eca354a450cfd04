/**
 * What an answer of Partner Center that is no Order means: type of problem, whether to try again,
 * and when. Pure. Start at {@link io.github.orderlookup.classification.FailureClassifier}.
 */
@NullMarked
package io.github.orderlookup.classification;

import org.jspecify.annotations.NullMarked;
