package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What start.spring.io makes. The rest is as the README says, word for word. */
@SpringBootApplication
public class HostApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(HostApplication.class, arguments);
    }
}
