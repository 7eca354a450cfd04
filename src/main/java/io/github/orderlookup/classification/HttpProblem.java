package io.github.orderlookup.classification;

import io.github.orderlookup.lookup.ProblemJson;

/**
 * The problems of HTTP itself, which say no more than their status does (RFC 9457, {@code
 * about:blank}): an unknown path, another method, a bad escape, a body that is too large.
 */
public final class HttpProblem {

    private record Members(String type, String title, int status, String detail) {}

    private HttpProblem() {}

    /**
     * One problem of HTTP as UTF-8 JSON.
     *
     * @param detail a plain sentence
     * @return a new array
     */
    public static byte[] toJson(int status, String detail) {
        return ProblemJson.of(new Members("about:blank", title(status), status, detail));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 417 -> "Expectation Failed";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> status < 500 ? "Client Error" : "Server Error";
        };
    }
}
