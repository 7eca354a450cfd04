package io.github.orderlookup.classification;

import io.github.orderlookup.text.Aadsts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an error answer says, in whichever of the many shapes that Partner Center, the
 * gateways before it and the proxies on the way send. Never fails: what cannot be read is text, and
 * of a body beyond 1 MiB only the beginning is looked at. Takes memory in proportion to that.
 *
 * @param kind the shape, as far as it matters
 * @param code the error code as text
 * @param isRetryable what the second generation of services says about a retry; null when silent
 */
record ErrorBody(
        Kind kind,
        @Nullable String code,
        @Nullable String description,
        @Nullable String source,
        @Nullable Boolean isRetryable) {

    enum Kind {
        EMPTY,
        /** A JSON object in one of the shapes of Partner Center itself. */
        SERVICE_ERROR,
        /** A JSON object in a shape that gateways and web frameworks use as well. */
        MESSAGE,
        /** Markup, plain text, JSON of no known shape. */
        OTHER
    }

    private static final int MAX_BYTES = 1 << 20;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Pattern TITLE = Pattern.compile("(?i)<title[^<>]*+>([^<]*+)<");
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s++");

    static ErrorBody of(UpstreamResponse response) {
        byte[] body = response.body();
        int length = Math.min(body.length, MAX_BYTES);
        int start = start(body, length);
        if (start < length && body[start] == '{') {
            Optional<ErrorMembers> members = ErrorMembers.read(body, start, length);
            if (members.isPresent()) {
                return of(members.get());
            }
        }
        String text = new String(body, start, length - start, StandardCharsets.UTF_8).strip();
        return text.isEmpty()
                ? new ErrorBody(Kind.EMPTY, null, null, null, null)
                : other(text.startsWith("<") ? title(text) : text);
    }

    /**
     * What the body of a 200 says instead of an Order.
     *
     * @return empty when the body may be an Order, or is no JSON object at all
     */
    static Optional<ErrorBody> insteadOfOrder(UpstreamResponse response) {
        byte[] body = response.body();
        return ErrorMembers.readUnlessOrder(body, start(body, body.length)).map(ErrorBody::of);
    }

    /**
     * The status that the body of a 200 states instead of an Order.
     *
     * @param statuses those that are looked for
     */
    static Optional<Integer> statusInsteadOfOrder(
            UpstreamResponse response, Set<Integer> statuses) {
        byte[] body = response.body();
        return ErrorMembers.readUnlessOrder(body, start(body, body.length))
                .flatMap(
                        members ->
                                statuses.stream()
                                        .filter(status -> states(members, status))
                                        .findFirst());
    }

    private static boolean states(ErrorMembers members, int status) {
        String text = Integer.toString(status);
        return members.text("statusCode").or(() -> code(members)).filter(text::equals).isPresent();
    }

    private static Optional<String> code(ErrorMembers members) {
        return members.object("error")
                .flatMap(error -> error.text("code"))
                .or(() -> members.text("code"))
                .or(() -> members.text("errorCode"));
    }

    private static ErrorBody of(ErrorMembers root) {
        Optional<ErrorMembers> error = root.object("error");
        if (error.isPresent()) {
            return new ErrorBody(
                    Kind.SERVICE_ERROR,
                    harmless(error.get().text("code")),
                    description(error.get()),
                    null,
                    error.get().flag("isRetryable").orElse(null));
        }
        Kind kind = kind(root);
        return new ErrorBody(
                kind,
                kind == Kind.OTHER ? null : harmless(code(root).or(() -> root.text("error"))),
                description(root),
                harmless(root.text("source")),
                root.flag("isRetryable").orElse(null));
    }

    private static Kind kind(ErrorMembers root) {
        if (root.has("code") || root.has("description") || root.has("data")) {
            return Kind.SERVICE_ERROR;
        }
        boolean isMessage =
                root.text("error").isPresent()
                        || root.has("statusCode")
                        || root.has("message")
                        || root.has("exceptionMessage")
                        || root.has("errorCode")
                        || root.has("errorMessage");
        return isMessage ? Kind.MESSAGE : Kind.OTHER;
    }

    /** The text of the login host repeats the request; its number suffices. */
    private static @Nullable String description(ErrorMembers members) {
        String ofLogin = members.text("error_description").orElse("");
        Optional<String> number = Aadsts.numbers(ofLogin).stream().findFirst();
        if (number.isPresent()) {
            return "AADSTS" + number.get();
        }
        return harmless(
                members.text("description")
                        .or(() -> members.text("message"))
                        .or(() -> members.text("errorMessage"))
                        .or(() -> members.text("error_description"))
                        .map(text -> text + detail(members, text))
                        .or(() -> members.text("exceptionMessage"))
                        .or(() -> members.text("messageDetail")));
    }

    /** ASP.NET says in a second member what went wrong. */
    private static String detail(ErrorMembers members, String text) {
        return members.text("exceptionMessage")
                .or(() -> members.text("messageDetail"))
                .filter(more -> !more.equals(text))
                .map(more -> " " + more)
                .orElse("");
    }

    private static ErrorBody other(@Nullable String description) {
        return new ErrorBody(Kind.OTHER, null, Wording.harmless(description), null, null);
    }

    private static @Nullable String harmless(Optional<String> text) {
        return Wording.harmless(text.orElse(null));
    }

    /** After a byte-order mark and white space. */
    private static int start(byte[] body, int length) {
        boolean isMarked =
                length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length);
        int start = isMarked ? MARK.length : 0;
        while (start < length && ErrorMembers.isWhiteSpace(body[start])) {
            start++;
        }
        return start;
    }

    /** The title is all that an error page has to say; the rest is decoration or worse. */
    private static @Nullable String title(String html) {
        Matcher title = TITLE.matcher(html);
        return title.find() ? WHITE_SPACE.matcher(title.group(1)).replaceAll(" ") : null;
    }
}
