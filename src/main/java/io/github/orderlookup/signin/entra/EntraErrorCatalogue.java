package io.github.orderlookup.signin.entra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the errors of Microsoft Entra ID mean: whether the same request may succeed later, and the
 * remedy for an operator, which {@code order-lookup/entra-errors.txt} lists. Pure.
 *
 * @see <a
 *     href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Microsoft
 *     Entra error codes</a> (2025)
 */
final class EntraErrorCatalogue {

    /**
     * Those that the reference calls transient, retryable, throttled or timed out, whatever the
     * HTTP status they come with.
     */
    private static final Set<Integer> TRANSIENT =
            Set.of(
                    50033, 50087, 50166, 50196, 70012, 80001, 80002, 80005, 80007, 90006, 90012,
                    90024, 90025, 90033, 90055, 90090, 90091);

    /** Those that mean too many requests. */
    private static final Set<Integer> TOO_MANY = Set.of(50196, 90055);

    private static final Map<String, String> REMEDIES = remedies();

    private EntraErrorCatalogue() {}

    /** Whether the same request may succeed by itself later. */
    static boolean isTransient(int number) {
        return TRANSIENT.contains(number);
    }

    static boolean isTooMany(int number) {
        return TOO_MANY.contains(number);
    }

    /** What is wrong and what to do; empty for an AADSTS number that is not known. */
    static Optional<String> remedy(int number) {
        return Optional.ofNullable(REMEDIES.get(Integer.toString(number)));
    }

    /** The same for an OAuth 2.0 error code, known or not. */
    static String remedy(String error) {
        return REMEDIES.getOrDefault(error, REMEDIES.getOrDefault("other", ""));
    }

    private static Map<String, String> remedies() {
        Map<String, String> remedies = new HashMap<>();
        resource().lines().forEach(line -> add(remedies, line));
        return Map.copyOf(remedies);
    }

    private static void add(Map<String, String> remedies, String line) {
        int colon = line.indexOf(": ");
        if (colon > 0 && !line.startsWith("#")) {
            String remedy = line.substring(colon + 2);
            String consent = remedies.getOrDefault("consent", "");
            for (String code : line.substring(0, colon).split(" ", -1)) {
                remedies.put(code, remedy.replace("{consent}", consent));
            }
        }
    }

    private static String resource() {
        try (InputStream in =
                requireNonNull(
                        EntraErrorCatalogue.class.getResourceAsStream(
                                "/order-lookup/entra-errors.txt"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
