/**
 * The Kafka endpoint as a whole: its beans, the request record, and the address of its reply. Start
 * at {@code KafkaBeans}.
 */
@NullMarked
package io.github.orderlookup.kafka;

import org.jspecify.annotations.NullMarked;
