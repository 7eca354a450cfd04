package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What one call came to, for those who share it.
 *
 * @param requestId the {@code MS-RequestId} of the call
 * @param body the bytes that may be an Order; not to be changed
 * @param failure how the call failed; null when the body is to be read
 */
@SuppressWarnings("ArrayRecordComponent")
public // only carried, never compared
record CallResult(String requestId, byte[] body, @Nullable Failure failure) {}
