package com.example;

import org.apache.camel.main.Main;

/** An application without Java: a Pipe from one topic to another, with an order lookup between. */
public final class HostApplication {

    private HostApplication() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(host().run(arguments));
    }

    static Main host() {
        return new Main();
    }
}
