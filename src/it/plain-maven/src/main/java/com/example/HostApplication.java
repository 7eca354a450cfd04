package com.example;

import org.apache.camel.main.Main;

/** The least that a host can be: order-lookup and Camel Main, no version chosen, no route. */
public final class HostApplication {

    private HostApplication() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(new Main().run(arguments));
    }
}
