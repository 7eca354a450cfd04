package com.example;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Beans of the host, one with a name that is easily mistaken for one of order-lookup. */
@Configuration
class HostBeans {

    @Bean("host")
    Host host() {
        return new Host();
    }

    /** What a route of the host calls. */
    public static final class Host {
        public int divide() {
            return Integer.parseInt("1") / Integer.parseInt("0");
        }
    }

    /** A page of the host that has nothing to do with Camel. */
    @RestController
    static final class Pages {
        @GetMapping("/host/page")
        String page() {
            return "page of the host";
        }
    }
}
