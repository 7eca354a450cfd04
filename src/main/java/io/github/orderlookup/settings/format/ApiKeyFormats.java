package io.github.orderlookup.settings.format;

import io.github.orderlookup.settings.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Formats of API keys, which callers of the REST endpoint send. */
public final class ApiKeyFormats {
    public static final Format<List<Secret>> LIST =
            new Format<>(
                    "comma-separated keys, each of at least 8 printable ASCII characters without"
                            + " blanks",
                    ApiKeyFormats::list);

    private static final int SHORTEST = 8;

    private ApiKeyFormats() {}

    private static List<Secret> list(String text) throws MalformedException {
        List<Secret> keys = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            keys.add(one("key " + (keys.size() + 1)).parse(part.strip()));
        }
        requireDistinct(keys, "");
        return List.copyOf(keys);
    }

    /** One API key; messages name it so. */
    static Format<Secret> one(String which) {
        return new Format<>(
                "at least 8 printable ASCII characters without blanks",
                key -> {
                    if (key.isEmpty()) {
                        throw new MalformedException(which + " is empty");
                    }
                    if (!Formats.VISIBLE.matcher(key).matches()) {
                        throw new MalformedException(
                                which + " has a blank or a character outside ASCII");
                    }
                    if (key.length() < SHORTEST) {
                        throw new MalformedException(which + " is too short");
                    }
                    return new Secret(key);
                });
    }

    static void requireDistinct(List<Secret> keys, String place) throws MalformedException {
        if (new HashSet<>(keys).size() < keys.size()) {
            throw new MalformedException(place + "the same key is there twice");
        }
    }
}
