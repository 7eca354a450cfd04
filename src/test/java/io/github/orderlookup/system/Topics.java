package io.github.orderlookup.system;

import java.util.UUID;

/**
 * The topics and the consumer group of one service, named like no other's.
 *
 * @param replies allowed as a reply topic
 */
public record Topics(String requests, String results, String errors, String replies, String group) {

    static Topics unique() {
        String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
        return new Topics(
                name + ".requests", name + ".results", name + ".errors", name + ".replies", name);
    }
}
