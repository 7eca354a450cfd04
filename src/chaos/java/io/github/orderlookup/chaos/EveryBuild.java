package io.github.orderlookup.chaos;

import java.util.List;
import java.util.stream.Stream;

/** The rows of the table whose tests take seconds and belong to {@code mvn verify}. */
final class EveryBuild {
    private static final String PACKAGE = "io.github.orderlookup.";

    private EveryBuild() {}

    /**
     * @throws IllegalStateException if a test that is named here is not there
     */
    static Stream<Finding> findings() {
        return Stream.concat(attacksAndFailures(), whateverTheNeighboursDo());
    }

    private static Stream<Finding> attacksAndFailures() {
        return Stream.of(
                row(
                        "01-3",
                        "SIGTERM while lookups wait, are under way and are answered: only requests"
                                + " behind a waiting one of their partition are repeated.",
                        "system.kafka.KafkaShutdownIT",
                        "finishesWhatIsUnderWayAndLeavesTheRestToTheNext"),
                row(
                        "01-4",
                        "SIGTERM while a call does not end: the process ends all the same.",
                        "system.lifecycle.ShutdownIT",
                        "dropsALookupWhoseCallDoesNotEnd"),
                row(
                        "01-5",
                        "No offset is committed before its outcome is acknowledged.",
                        "system.kafka.KafkaOffsetsIT",
                        "commitsNothingBehindALookupThatIsUnderWay"),
                row(
                        "02-4",
                        "The results topic is missing at first, the errors topic refuses: polling"
                                + " pauses, readiness is down, nothing is lost once they take it.",
                        "system.kafka.KafkaStuckIT",
                        "publishesOnceTheTopicsTakeIt"),
                row(
                        "02-5",
                        "The broker allows nothing at first: each right that is granted is enough"
                                + " to go on, nothing is lost or repeated.",
                        "system.security.KafkaAuthorizationIT",
                        "goesOnWithEachRightThatItIsGranted"),
                row(
                        "02-6",
                        "An Order that is too large for its topic becomes `outcome-too-large`.",
                        "system.kafka.KafkaProblemIT",
                        "endsInItsProblem"),
                row(
                        "02-7",
                        "No broker at the start, and none in between: REST answers.",
                        "system.kafka.BrokerOutageIT",
                        "answersOverRestMeanwhileAndLosesNothing"),
                row(
                        "04-3",
                        "Partner Center stops, refuses or hangs: everything asked before and during"
                                + " it is answered after it.",
                        "system.partnercenter.OutageIT",
                        "answersEverythingAskedBeforeAndDuringAnOutage"),
                row(
                        "04-4",
                        "A credential that is refused: the same over Kafka, and no hammering of the"
                                + " login host.",
                        "system.partnercenter.OutageIT",
                        "waitsForACredentialThatIsRefused"),
                row(
                        "04-5",
                        "One order that always fails is its own problem, and no outage for others.",
                        "system.partnercenter.OutageIT",
                        "doesNotTakeAnOrderThatAlwaysFailsForAnOutage"),
                row(
                        "05-1",
                        "Every answer that is not the Order asked for (HTML, empty, 204, redirect,"
                                + " nested, doubled, cut short, too large, of another order or"
                                + " customer) has its problem and keeps no connection.",
                        "embedded.CallAnswerTest",
                        "isNoOrder"),
                row(
                        "05-2",
                        "An answer that hangs or drips ends with the response timeout.",
                        "embedded.CallTimeTest",
                        "endsEveryAnswerThatTakesTooLongAndAsksAgainWithTheSameId"),
                row(
                        "05-3",
                        "An answer that is not what its own head says has its problem; the pool has"
                                + " all connections back.",
                        "embedded.CallFramingTest",
                        "isANetworkFailureWhenItsLengthIsNone"),
                row(
                        "05-4",
                        "A compressed body is bounded while it is inflated.",
                        "embedded.CallAnswerTest",
                        "isNoOrderWhenItGrowsTooLarge"),
                row(
                        "05-5",
                        "A lookup ends at its deadline, even if its call hangs; slot and connection"
                                + " come back.",
                        "embedded.CallDeadlineTest",
                        "endsACallThatIsUnderWayAtTheDeadlineOfTheRequest"),
                row(
                        "05-6",
                        "What comes after an answer is never taken for the next one.",
                        "embedded.CallFramingTest",
                        "isFollowedByNoAnswerThatNobodyHasAskedFor"),
                row(
                        "06-2",
                        "A refresh token that was revoked: plain words with the AADSTS number.",
                        "system.partnercenter.SignInIT",
                        "keepsTheRotatedRefreshTokenUntilItIsRevoked"),
                row(
                        "06-3",
                        "Failed sign-ins are spaced by a growing wait, whichever lookup asks.",
                        "signin.TokenHolderTest",
                        "triesAgainAfterTheBackOffAndWaitsLongerEachTime"),
                row(
                        "06-4",
                        "A token store without room keeps the old token; no access token is used"
                                + " whose refresh token is not on disk.",
                        "signin.store.TokenStoreTest",
                        "keepsTheOldTokenWhenThereIsNoSpaceForTheNewOne"),
                row(
                        "06-5",
                        "A token store that cannot be written is found before the login host is"
                                + " asked.",
                        "signin.SignInTest",
                        "asksNobodyWhenTheStoreLiesOnAFileSystemThatTakesNoFile"),
                row(
                        "06-6",
                        "A token store that a crash tore is named as damaged, without its content.",
                        "signin.store.TokenStoreTest",
                        "saysThatTheFileIsDamagedAndNothingOfItsContent"),
                row(
                        "06-7",
                        "A clock that is ten minutes off does no harm.",
                        "signin.SignInTest",
                        "doesNotMindAClockThatIsTenMinutesOff"),
                row(
                        "08-1",
                        "Control headers of a Kafka record, in any spelling, steer nothing.",
                        "system.security.KafkaSteeringIT",
                        "isNotSteeredByHeadersOfTheRequest"),
                row(
                        "08-2",
                        "Members of a request and headers of an answer steer nothing.",
                        "system.security.KafkaSteeringIT",
                        "isNotSteeredByHeadersOfTheAnswer"),
                row(
                        "08-3",
                        "Control headers and parameters of a REST request steer nothing.",
                        "system.security.RestSteeringIT",
                        "isNotSteeredByHeadersOrParameters"),
                row(
                        "08-4",
                        "A direct: caller steers nothing and gets its own headers back.",
                        "embedded.DirectEndpointTest",
                        "givesHeadersAndPropertiesBackUntouched"),
                row(
                        "09-1",
                        "Made-up ids: good ones leave as they are, others leave no call.",
                        "system.security.KafkaSteeringIT",
                        "callsForGoodIdsAloneAndAsTheyAre"),
                row(
                        "10-1",
                        "Tokens and secrets appear in no topic, answer, log, metric, span or dump.",
                        "system.security.LeakIT",
                        "givesNoSecretAwayWhereverOneLooks"),
                row(
                        "11-1",
                        "An impossible reply address is a problem, without a call.",
                        "system.kafka.KafkaReplyIT",
                        "refusesAnImpossibleAddressOnTheErrorsTopicWithoutACall"),
                row(
                        "12-1",
                        "REST: no key, no answer.",
                        "system.rest.RestLimitsIT",
                        "refusesCallersWithoutAKey"),
                row(
                        "12-2",
                        "REST: TLS and nothing else where a certificate is configured.",
                        "system.security.RestTlsIT",
                        "answersOverTlsAndOverNothingElse"),
                row(
                        "12-3",
                        "REST: no request hides behind another one.",
                        "system.security.RestHardeningIT",
                        "neverAnswersARequestBehindAnAmbiguousOne"),
                row(
                        "12-4",
                        "REST: no header comes back but our own.",
                        "system.rest.RestOrdersIT",
                        "answersWithNoHeadersButItsOwn"),
                row(
                        "13-1",
                        "Kafka: TLS, SCRAM and the documented rights are enough.",
                        "system.security.KafkaSecurityIT",
                        "answersOnEveryTopicWithTheDocumentedRights"),
                row(
                        "14-1",
                        "No library is affected by a known advisory without a reason.",
                        "advisories.AdvisoriesTest",
                        "noLibraryIsAffectedWithoutAReason"));
    }

    private static Stream<Finding> whateverTheNeighboursDo() {
        return Stream.of(
                row(
                        "01-7",
                        "Records of the request topic that are removed before they are read: what "
                                + "is left is answered and committed.",
                        "system.kafka.KafkaTopicAnewIT",
                        "answersWhatIsLeftAfterRecordsWereRemoved"),
                row(
                        "03-5",
                        "A member of the group with another assignor is named in readiness; "
                                + "polling goes on once it is gone.",
                        "system.kafka.KafkaGroupIT",
                        "namesAMemberWithAnotherAssignorAndGoesOnWithoutIt"),
                row(
                        "04-7",
                        "A pause of one customer for an hour holds up no other customer, beyond `max-"
                                + "pending` either.",
                        "system.kafka.IndependenceIT",
                        "oneCustomersPauseOfAnHourHoldsNobodyElseUp"),
                row(
                        "04-8",
                        "While each fresh token is refused, requests wait and renewals are "
                                + "spaced.",
                        "system.partnercenter.RefusedTokensIT",
                        "keepsRequestsWhileEachTokenIsRefused"),
                row(
                        "04-9",
                        "SIGTERM while the login host hangs: the process ends all the same.",
                        "system.partnercenter.RefusedTokensIT",
                        "stopsWhileTheLoginHostHangs"),
                row(
                        "05-8",
                        "Calls that hang keep no refusal back, on JDK 17 either.",
                        "system.kafka.IndependenceIT",
                        "aCallThatHangsKeepsNoRefusalBack"),
                row(
                        "05-9",
                        "Eight answers of 15 MiB at once in a heap of 256 MiB leave room for the "
                                + "next lookup.",
                        "system.kafka.IndependenceIT",
                        "manyLargeResponsesAtOnceLeaveMemoryForTheNext"),
                row(
                        "05-A",
                        "A large answer that does not end keeps no other lookup from its own.",
                        "system.kafka.IndependenceIT",
                        "aLargeAnswerThatHangsHoldsNobodyElseUp"),
                row(
                        "06-8",
                        "A proxy that refuses is named; token and call both go through it.",
                        "system.partnercenter.ProxyIT",
                        "reachesBothHostsThroughTheProxyAloneAndNamesItWhenItRefuses"),
                row(
                        "07-3",
                        "400 requests padded to 1 MB at once in a heap of 256 MiB: each is an "
                                + "`invalid-request`.",
                        "system.kafka.KafkaLimitsIT",
                        "answersManyRequestsThatArePaddedToAMegabyte"),
                row(
                        "07-4",
                        "A key that an outcome cannot carry is not sent back.",
                        "system.kafka.KafkaLimitsIT",
                        "doesNotEchoAKeyThatIsTooLarge"),
                row(
                        "11-3",
                        "A reply topic whose only broker is gone holds up no other request.",
                        "system.kafka.KafkaReplyLeaderIT",
                        "holdsUpNoOther"),
                row(
                        "11-4",
                        "Many impossible reply addresses hold up no other request.",
                        "system.kafka.KafkaReplyIT",
                        "doesNotLetImpossibleAddressesHoldUpOthers"),
                row(
                        "12-5",
                        "REST: a request for another host or of another site leaves no call.",
                        "system.security.RestHostsIT",
                        "makesNoCallForAnotherSite"),
                row(
                        "15-3",
                        "Callers who do not read their answers keep no other caller from its own.",
                        "system.rest.RestCallersIT",
                        "answersOthersBesideCallersWhoDoNotRead"),
                row(
                        "15-4",
                        "No call is made for callers who hang up while they wait.",
                        "system.rest.RestCallersIT",
                        "makesNoCallForCallersWhoHungUpWhileTheyWaited"),
                row(
                        "15-5",
                        "Beyond `order-lookup.rest.max-waiting` callers are refused at once, and "
                                + "probes are answered.",
                        "system.rest.RestCallersIT",
                        "answersProbesAndRefusesMoreWhileAsManyAsMayWaitDoSo"),
                row(
                        "15-6",
                        "REST answers while Kafka holds as many large Orders as it may.",
                        "system.rest.RestIndependenceIT",
                        "answersWhileLargeOrdersWaitForAResultsTopicThatIsMissing"),
                row(
                        "15-7",
                        "Connections without a request make room for new ones.",
                        "rest.ConnectionsTest",
                        "closesTheOldestWithoutARequestForANewOne"),
                row(
                        "16-3",
                        "An absolute `deadline` is compared with the wall clock once, when the"
                                + " request arrives.",
                        "route.ValidateRequestTest",
                        "takesADeadlineByTheWallClockAsItStandsWhenTheRequestArrives"),
                row(
                        "17-1",
                        "Whatever a step throws, errors included, no call slot is lost and the "
                                + "next lookup is found.",
                        "embedded.DefectTest",
                        "answersWithAnInternalErrorAndLosesNoCallSlot"),
                row(
                        "17-2",
                        "A lookup that is cancelled gives back its place in the queue and its "
                                + "call slot.",
                        "embedded.CancelledLookupTest",
                        "endsAfterTheCallThatIsUnderWayAndGivesItsSlotBack"),
                row(
                        "17-3",
                        "Random neighbours in virtual time, 2,000 seeds: nothing is lost,"
                                + " everything is released, all is answered once failures stop.",
                        "simulation.SimulationTest",
                        "keepsItsPromisesWhateverTheNeighboursDo"),
                row(
                        "17-4",
                        "A worker that stays stalled ends the process.",
                        "supervision.SupervisorTest",
                        "endsTheProcessWhenAWorkerStaysStalled"),
                row(
                        "17-5",
                        "An exhausted heap ends the process with code 70.",
                        "system.lifecycle.ExhaustedHeapIT",
                        "endsWithCode70WhenTheHeapIsExhausted"),
                row(
                        "17-6",
                        "The jar starts and measures the same from any directory, under any name.",
                        "system.lifecycle.StartPlacesIT",
                        "measuresWhatIsDescribedWhereverTheJarLies"),
                row(
                        "17-7",
                        "Every metric of an alert rule is there.",
                        "system.lifecycle.MetricsIT",
                        "exposesEveryMetricOfTheAlertRules"),
                row(
                        "17-8",
                        "A setting that cannot be understood stops the start.",
                        "system.lifecycle.SettingsIT",
                        "refusesEverythingThatCannotBeUnderstoodInOneMessage"));
    }

    private static Finding row(String row, String promise, String type, String method) {
        requireTest(PACKAGE + type, method);
        String test = type.substring(type.lastIndexOf('.') + 1) + "." + method;
        return new Finding(row, promise, test, List.of("in every build"));
    }

    private static void requireTest(String type, String method) {
        try {
            Class<?> test = Class.forName(type);
            if (Stream.of(test.getDeclaredMethods()).noneMatch(m -> m.getName().equals(method))) {
                throw new IllegalStateException(type + " has no " + method);
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
