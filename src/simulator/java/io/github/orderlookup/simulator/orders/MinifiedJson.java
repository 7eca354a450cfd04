package io.github.orderlookup.simulator.orders;

/**
 * Takes the white space between the tokens out of a JSON text and leaves every token as written.
 */
final class MinifiedJson {

    private MinifiedJson() {}

    static String of(String json) {
        StringBuilder minified = new StringBuilder(json.length());
        boolean inString = false;
        boolean escaped = false;
        for (char c : json.toCharArray()) {
            if (inString || !Character.isWhitespace(c)) {
                minified.append(c);
            }
            inString = inString ? c != '"' || escaped : c == '"';
            escaped = inString && c == '\\' && !escaped;
        }
        return minified.toString();
    }
}
