package io.github.orderlookup.camel;

import io.github.orderlookup.settings.source.Names;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.util.TimeUtils;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * The Kafka options that an operator may set: how to reach the brokers, and how much to fetch and
 * to send at once. Options that decide which records are read, when offsets are committed and what
 * is published are fixed: with another value an outcome could be lost silently.
 *
 * <p>Options of Camel's Kafka component 4.18, <a
 * href="https://camel.apache.org/components/4.18.x/kafka-component.html">as documented</a>, names
 * in lower case without hyphens.
 */
public final class KafkaOptions {

    private static final String FIXED = "is fixed by order-lookup, whose guarantees depend on it";

    /** Fixed options of the component. */
    private static final Set<String> OURS =
            Set.of(
                    "allowmanualcommit",
                    "autocommitenable",
                    "autocommitintervalms",
                    "autooffsetreset",
                    "batching",
                    "batchingintervalms",
                    "batchwithindividualheaders",
                    "breakonfirsterror",
                    "bridgeerrorhandler",
                    "buffermemorysize",
                    "configuration",
                    "createconsumerbackoffmaxattempts",
                    "enableidempotence",
                    "headerdeserializer",
                    "headerfilterstrategy",
                    "headerserializer",
                    "heartbeatintervalms",
                    "interceptorclasses",
                    "isolationlevel",
                    "kafkaclientfactory",
                    "kafkamanualcommitfactory",
                    "key",
                    "keydeserializer",
                    "keyserializer",
                    "lazystartproducer",
                    "maxblockms",
                    "maxpollrecords",
                    "maxrequestsize",
                    "offsetrepository",
                    "partitionassignor",
                    "partitionkey",
                    "partitioner",
                    "partitionerignorekeys",
                    "pollexceptionstrategy",
                    "pollonerror",
                    "polltimeoutms",
                    "recordmetadata",
                    "requestrequiredacks",
                    "seekto",
                    "sessiontimeoutms",
                    "shutdowntimeout",
                    "specificavroreader",
                    "subscribeconsumerbackoffmaxattempts",
                    "synchronous",
                    "topicispattern",
                    "transacted",
                    "transactionalid",
                    "useiterator",
                    "valuedeserializer",
                    "valueserializer",
                    "workerpool");

    /** Fixed settings of Kafka's own clients. */
    private static final Set<String> CLIENT_SETTINGS_OF_OURS =
            Set.of(
                    "acks",
                    "auto.commit.interval.ms",
                    "auto.offset.reset",
                    "bootstrap.servers",
                    "buffer.memory",
                    "enable.auto.commit",
                    "enable.idempotence",
                    "group.id",
                    "group.protocol",
                    "group.remote.assignor",
                    "heartbeat.interval.ms",
                    "interceptor.classes",
                    "isolation.level",
                    "key.deserializer",
                    "key.serializer",
                    "max.block.ms",
                    "max.poll.records",
                    "max.request.size",
                    "partition.assignment.strategy",
                    "partitioner.class",
                    "partitioner.ignore.keys",
                    "session.timeout.ms",
                    "transactional.id",
                    "value.deserializer",
                    "value.serializer");

    /** Options with one allowed value, on which a guarantee depends. */
    private static final Map<String, String> ONLY =
            Map.of("consumerscount", "1", "checkcrcs", "true", "check.crcs", "true");

    /** Options with bounds. Together they fit the delivery timeouts of our producers. */
    private static final Map<String, Bounds> BOUNDS =
            Map.of(
                    "maxpollintervalms", Bounds.POLL_INTERVAL,
                    "max.poll.interval.ms", Bounds.POLL_INTERVAL,
                    "request.timeout.ms", Bounds.atMost(20_000),
                    "linger.ms", Bounds.atMost(5_000),
                    "delivery.timeout.ms", Bounds.DELIVERY);

    /** SASL mechanisms that ask another server as soon as a client is made. */
    private static final Set<String> SIGNS_IN_ELSEWHERE = Set.of("GSSAPI", "OAUTHBEARER");

    /** Bounds of an option in milliseconds, and what lies beyond them. */
    private record Bounds(long least, long most, String why) {

        /** Twice the time for which calls are waited for when a partition is taken away. */
        static final Bounds POLL_INTERVAL =
                new Bounds(5_000, Long.MAX_VALUE, "a slow broker would cost the partitions");

        static final Bounds DELIVERY =
                new Bounds(
                        25_000,
                        60_000,
                        "a request must fit into it, and a producer that is silent for 75 s is"
                                + " replaced");

        static Bounds atMost(long most) {
            return new Bounds(
                    0, most, "an outcome without acknowledgement is sent again after 30 s");
        }

        /**
         * Empty for what is no time as well, which is refused as such elsewhere.
         *
         * @param value in milliseconds, or as Camel writes durations: {@code 5s}
         */
        Optional<String> refusal(String value) {
            long given;
            try {
                given = TimeUtils.toMilliSeconds(value.strip());
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            return given < least
                    ? Optional.of("is too short: " + why + "; at least " + least)
                    : given > most
                            ? Optional.of("is too long: " + why + "; at most " + most)
                            : Optional.empty();
        }
    }

    private KafkaOptions() {}

    /**
     * Why an option of the component may not have a value.
     *
     * @param option in lower case without hyphens
     * @return empty when it may
     */
    static Optional<String> refusal(String option, String value) {
        return OURS.contains(option)
                ? Optional.of(FIXED)
                : option.equals("groupid")
                        ? Optional.of("is not used; the group is order-lookup.group-id")
                        : refusalOfValue(option, value);
    }

    /** As {@link #refusal}, of a setting of Kafka's own clients, such as {@code acks}. */
    static Optional<String> refusalOfClientSetting(String name, String value) {
        return CLIENT_SETTINGS_OF_OURS.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of(FIXED)
                : refusalOfValue(name.toLowerCase(Locale.ROOT), value);
    }

    /** The setting of Kafka's clients that was meant, when a name is none but nearly one. */
    static Optional<String> nearestClientSetting(String name) {
        Set<String> known = new HashSet<>(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        return known.contains(name)
                ? Optional.empty()
                : Names.nearest(name, known).filter(nearest -> Names.areAlike(name, nearest));
    }

    /**
     * Why Kafka's clients would not start with a configuration: values that they do not know or
     * that contradict one another, key stores that do not open, a malformed JAAS entry. No broker
     * is asked.
     */
    static Optional<String> refusalByClients(KafkaConfiguration given) {
        KafkaConfiguration configuration = given.copy();
        configuration.setBrokers("localhost:9092");
        configuration.setGroupId("order-lookup");
        configuration.setAutoCommitEnable(false);
        try {
            new ProducerConfig(configuration.createProducerProperties())
                    .getList(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG)
                    .forEach(KafkaOptions::load);
            checkFetches(new ConsumerConfig(configuration.createConsumerProperties()));
            AdminClientConfig admin = new AdminClientConfig(KafkaConnection.of(configuration));
            boolean sasl =
                    admin.getString(AdminClientConfig.SECURITY_PROTOCOL_CONFIG).startsWith("SASL");
            if (!sasl || !SIGNS_IN_ELSEWHERE.contains(configuration.getSaslMechanism())) {
                ClientUtils.createChannelBuilder(admin, Time.SYSTEM, new LogContext()).close();
            }
            return Optional.empty();
        } catch (KafkaException | IllegalArgumentException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return Optional.of(
                    (root == e ? "" : e.getMessage() + ": ")
                            + root.getClass().getSimpleName()
                            + ": "
                            + root.getMessage());
        }
    }

    /**
     * The broker holds a fetch that is not full for so long; a client that gives up before never
     * gets what there is.
     */
    private static void checkFetches(ConsumerConfig consumer) {
        int wait = consumer.getInt(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG);
        if (wait >= consumer.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            throw new ConfigException(
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    wait,
                    "must be below " + ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        }
    }

    /** Kafka's clients would do so as they are made, which is after the start. */
    private static void load(String reporter) {
        try {
            Utils.loadClass(reporter, MetricsReporter.class);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new KafkaException("There is no metric reporter " + reporter);
        }
    }

    private static Optional<String> refusalOfValue(String name, String value) {
        String only = ONLY.get(name);
        if (only != null && !only.equals(value)) {
            return Optional.of("must be " + only + ": the guarantees of order-lookup depend on it");
        }
        Bounds bounds = BOUNDS.get(name);
        return bounds == null ? Optional.empty() : bounds.refusal(value);
    }

    /** Resets the options that a host has set for its own routes and that must not affect ours. */
    public static void keepConnectionOnly(KafkaConfiguration copy) {
        KafkaConfiguration usual = new KafkaConfiguration();
        copy.setAllowManualCommit(usual.isAllowManualCommit());
        copy.setBatching(usual.isBatching());
        copy.setBatchingIntervalMs(usual.getBatchingIntervalMs());
        copy.setBatchWithIndividualHeaders(usual.isBatchWithIndividualHeaders());
        copy.setBreakOnFirstError(usual.isBreakOnFirstError());
        copy.setCheckCrcs(usual.getCheckCrcs());
        copy.setConsumersCount(usual.getConsumersCount());
        copy.setGroupInstanceId(usual.getGroupInstanceId());
        copy.setHeaderDeserializer(usual.getHeaderDeserializer());
        copy.setHeaderFilterStrategy(usual.getHeaderFilterStrategy());
        copy.setHeaderSerializer(usual.getHeaderSerializer());
        copy.setInterceptorClasses(usual.getInterceptorClasses());
        copy.setKey(usual.getKey());
        copy.setMaxInFlightRequest(usual.getMaxInFlightRequest());
        if (Bounds.POLL_INTERVAL.refusal(String.valueOf(copy.getMaxPollIntervalMs())).isPresent()) {
            copy.setMaxPollIntervalMs(usual.getMaxPollIntervalMs());
        }
        copy.setOffsetRepository(usual.getOffsetRepository());
        copy.setPartitionKey(usual.getPartitionKey());
        copy.setPartitioner(usual.getPartitioner());
        copy.setPartitionerIgnoreKeys(usual.isPartitionerIgnoreKeys());
        copy.setSeekTo(usual.getSeekTo());
        copy.setSpecificAvroReader(usual.isSpecificAvroReader());
        copy.setSynchronous(usual.isSynchronous());
        copy.setTopicIsPattern(usual.isTopicIsPattern());
        copy.setTransacted(usual.isTransacted());
        copy.setTransactionalId(usual.getTransactionalId());
        Map<String, Object> additional = copy.getAdditionalProperties();
        additional
                .entrySet()
                .removeIf(
                        property ->
                                refusalOfClientSetting(
                                                property.getKey(),
                                                String.valueOf(property.getValue()))
                                        .isPresent());
    }
}
