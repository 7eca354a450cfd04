package com.example;

import org.apache.camel.main.Main;

/** A Camel Main application with routes of its own, which looks orders up on the way. */
public final class HostApplication {

    private HostApplication() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(host().run(arguments));
    }

    static Main host() {
        Main main = new Main();
        main.configure().addRoutesBuilder(new HostRoutes());
        return main;
    }
}
