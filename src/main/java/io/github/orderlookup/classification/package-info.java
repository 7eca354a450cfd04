/**
 * Classifies responses of Partner Center that are no Order: the type of problem, whether to try
 * again, and when. Pure. Start at {@link io.github.orderlookup.classification.FailureClassifier}.
 */
@NullMarked
package io.github.orderlookup.classification;

import org.jspecify.annotations.NullMarked;
