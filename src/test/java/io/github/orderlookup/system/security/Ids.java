package io.github.orderlookup.system.security;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Made-up pairs of a customer id and an order id, good and bad, the same for the same seed. */
public final class Ids {

    /** What a call looks like, whatever was asked. */
    public static final Pattern CALL =
            Pattern.compile(
                    "/v1/customers/[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
                            + "/orders/[A-Za-z0-9_-]{1,64}");

    private static final String GOOD =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final List<String> EVIL =
            List.of(
                    "/",
                    "\\",
                    ".",
                    "..",
                    "../",
                    "%2F",
                    "%2e%2e",
                    "%252F",
                    "%00",
                    "?",
                    "?a=b",
                    "#",
                    ";",
                    ";a=b",
                    "@",
                    ":",
                    "&",
                    "=",
                    "+",
                    "*",
                    "~",
                    "'",
                    "\"",
                    "`",
                    "<",
                    "|",
                    "^",
                    "{",
                    "}",
                    "${x}",
                    "{{x}}",
                    "\0",
                    "\r\n",
                    "\n",
                    "\t",
                    " ",
                    "\u00a0",
                    "\u2028",
                    "\uff0e",
                    "\uff0f",
                    "\u2024",
                    "\u2215",
                    "\u202e",
                    "\u0130",
                    "\u017f",
                    "\u0661",
                    "\uff11",
                    "\u00e9",
                    "\ufeff",
                    "\ufffd",
                    "\ud83d\ude00",
                    "http://127.0.0.1:9/");

    private Ids() {}

    /** One request. */
    public record Pair(String customerId, String orderId) {

        /** Whether a call may leave for it. */
        public boolean isGood() {
            return CALL.matcher(path()).matches();
        }

        /** The path of the call, if there is one. */
        public String path() {
            return "/v1/customers/" + customerId + "/orders/" + orderId;
        }
    }

    /** About half of them are good. */
    public static List<Pair> pairs(long seed, int count) {
        Random random = new Random(seed);
        return Stream.generate(() -> pair(random)).limit(count).toList();
    }

    /** Every byte but the unreserved ones as an escape. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (GOOD.indexOf((char) b) >= 0) {
                escaped.append((char) b);
            } else {
                escaped.append("%%%02X".formatted(b & 0xFF));
            }
        }
        return escaped.toString();
    }

    private static Pair pair(Random random) {
        String customer = new UUID(random.nextLong(), random.nextLong()).toString();
        String order = text(random, 1 + random.nextInt(64));
        return switch (random.nextInt(8)) {
            case 0 -> new Pair(spoilt(random, customer), order);
            case 1, 2 -> new Pair(customer, spoilt(random, order));
            case 3 -> new Pair(customer, text(random, 65 + random.nextInt(200)));
            default -> new Pair(customer, order);
        };
    }

    /** Begins with a letter, so that it is no name of a scripted answer. */
    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder("Z");
        while (text.length() < length) {
            text.append(GOOD.charAt(random.nextInt(GOOD.length())));
        }
        return text.toString();
    }

    private static String spoilt(Random random, String good) {
        String evil = EVIL.get(random.nextInt(EVIL.size()));
        int at = random.nextInt(good.length() + 1);
        int to = random.nextBoolean() ? at : good.length();
        return random.nextInt(10) == 0 ? "" : good.substring(0, at) + evil + good.substring(to);
    }
}
