package io.github.orderlookup.request;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.OrderLookupRequest.Until;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.text.Guids;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks requests, whatever form they come in: an {@link OrderLookupRequest}, a {@code
 * Map} with the members as text, or one JSON object as bytes, text or stream (at most 64 KiB of
 * UTF-8). Unknown members are ignored, and so is a deadline that is null, or an {@code until}.
 *
 * <p>Every failure is an {@link OrderLookupException} of type {@code invalid-request}. Its detail
 * names each member that is wrong and what is expected; it says where a value goes wrong but never
 * repeats it, since what people put in the wrong place may be a secret. An id that is right is in
 * the problem even if the other one is wrong.
 */
public final class RequestReader {

    static final String CUSTOMER_ID = "customerId";
    static final String ORDER_ID = "orderId";
    static final String DEADLINE = "deadline";
    static final String UNTIL = "until";

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_ORDER_ID = 64;
    private static final Instant LAST_DEADLINE = Instant.parse("9999-12-31T23:59:59Z");

    private RequestReader() {}

    /**
     * The request that a body holds.
     *
     * @throws OrderLookupException when it holds none; the caller must mend the request
     */
    public static OrderLookupRequest read(@Nullable Object body) {
        if (body == null) {
            throw invalid("The request is empty.");
        }
        if (body instanceof OrderLookupRequest request) {
            return check(members(request));
        }
        if (body instanceof Map<?, ?> map) {
            return check(members(map));
        }
        if (body instanceof byte[] bytes) {
            requireSize(bytes.length);
            return check(RequestJson.members(bytes));
        }
        if (body instanceof CharSequence text) {
            requireSize(utf8Length(text));
            return check(RequestJson.members(text.toString()));
        }
        if (body instanceof InputStream stream) {
            return read(bytes(stream));
        }
        throw invalid("The request must be an object with customerId and orderId, or JSON text.");
    }

    static OrderLookupException invalid(String detail) {
        return new OrderLookupException(Problem.of(ProblemType.INVALID_REQUEST, detail));
    }

    private static byte[] bytes(InputStream stream) {
        try {
            return stream.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new OrderLookupException(
                    Problem.of(
                            ProblemType.INVALID_REQUEST,
                            "The request could not be read to its end."),
                    e);
        }
    }

    private static void requireSize(long size) {
        if (size > MAX_BYTES) {
            throw invalid("The request is larger than 64 KiB.");
        }
    }

    /** Half of a surrogate pair counts as the replacement character would. */
    private static long utf8Length(CharSequence text) {
        return text.codePoints()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }

    /** Members by name; null stands for an explicit null, absence for absence. */
    private static Map<String, @Nullable Object> members(OrderLookupRequest request) {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put(CUSTOMER_ID, request.customerId());
        members.put(ORDER_ID, request.orderId());
        members.put(DEADLINE, request.deadline());
        members.put(UNTIL, request.until());
        return members;
    }

    /** By iteration, since a sorted map with other keys refuses to be asked for a text. */
    private static Map<String, @Nullable Object> members(Map<?, ?> map) {
        Map<String, @Nullable Object> members = new HashMap<>();
        map.forEach(
                (key, value) -> {
                    if (key instanceof CharSequence name) {
                        members.put(name.toString(), value);
                    }
                });
        return members;
    }

    private static OrderLookupRequest check(Map<String, @Nullable Object> members) {
        List<String> findings = new ArrayList<>();
        String customerId = customerId(text(members, CUSTOMER_ID, findings), findings);
        String orderId = orderId(text(members, ORDER_ID, findings), findings);
        Object given = members.get(DEADLINE);
        Instant deadline = given == null ? null : bounded(deadline(given, findings));
        Until until = until(members.get(UNTIL), findings);
        if (customerId == null || orderId == null || !findings.isEmpty()) {
            throw new OrderLookupException(
                    Problem.of(ProblemType.INVALID_REQUEST, String.join(" ", findings))
                            .withIds(customerId, orderId));
        }
        return new OrderLookupRequest(customerId, orderId, deadline, until);
    }

    private static @Nullable String text(
            Map<String, @Nullable Object> members, String name, List<String> findings) {
        if (!members.containsKey(name)) {
            findings.add(name + " is missing.");
            return null;
        }
        Object value = members.get(name);
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        findings.add(name + " must be text, not " + RequestJson.kind(value) + ".");
        return null;
    }

    private static @Nullable String customerId(@Nullable String text, List<String> findings) {
        if (text == null || Guids.isGuid(text)) {
            return text;
        }
        findings.add(
                "customerId must be a GUID: 32 hexadecimal digits in groups of 8-4-4-4-12 without"
                        + " braces; "
                        + length(text)
                        + ".");
        return null;
    }

    private static @Nullable String orderId(@Nullable String text, List<String> findings) {
        if (text == null) {
            return null;
        }
        int good = 0;
        while (good < text.length() && isOrderIdCharacter(text.charAt(good))) {
            good++;
        }
        if (good == text.length() && good >= 1 && good <= MAX_ORDER_ID) {
            return text;
        }
        findings.add(
                "orderId must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -; "
                        + (good == text.length() ? length(text) : strange(text, good))
                        + ".");
        return null;
    }

    private static boolean isOrderIdCharacter(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }

    private static @Nullable Instant deadline(Object value, List<String> findings) {
        Instant deadline = RequestJson.instant(value);
        if (deadline == null) {
            findings.add(
                    "deadline must be an RFC 3339 date and time with an offset, such as"
                            + " 2026-01-31T12:00:00Z"
                            + (value instanceof CharSequence
                                    ? "."
                                    : ", not " + RequestJson.kind(value) + "."));
        }
        return deadline;
    }

    private static Until until(@Nullable Object value, List<String> findings) {
        if (value == null) {
            return Until.FOUND;
        }
        String text = value instanceof Until until ? until.text() : value.toString();
        boolean isText = value instanceof Until || value instanceof CharSequence;
        for (Until known : Until.values()) {
            if (isText && known.text().equals(text)) {
                return known;
            }
        }
        findings.add(
                "until must be \"found\" or \"settled\""
                        + (isText ? "." : ", not " + RequestJson.kind(value) + "."));
        return Until.FOUND;
    }

    /** Moments of Java lie farther than durations of it reach; what is past stays past. */
    private static @Nullable Instant bounded(@Nullable Instant deadline) {
        if (deadline == null || deadline.isBefore(Instant.EPOCH)) {
            return deadline == null ? null : Instant.EPOCH;
        }
        return deadline.isAfter(LAST_DEADLINE) ? LAST_DEADLINE : deadline;
    }

    private static String length(String text) {
        return switch (text.length()) {
            case 0 -> "it is empty";
            case 1 -> "it has 1 character";
            default -> "it has " + text.length() + " characters";
        };
    }

    private static String strange(String text, int index) {
        return String.format(
                Locale.ROOT, "character %d is U+%04X", index + 1, text.codePointAt(index));
    }
}
