package io.github.orderlookup.kafka;

/**
 * What goes through the Kafka door at one moment, for whoever watches.
 *
 * @param pending requests taken and not yet committed
 * @param maxPending how many of them there may be; then polling pauses
 * @param lag records of our partitions that are not taken yet, as far as the last fetch of each
 *     could tell; 0 before the first
 * @param stuck outcomes that their topic has refused and not taken since
 * @param connected whether a broker is connected
 */
public record KafkaFigures(int pending, int maxPending, double lag, int stuck, boolean connected) {}
