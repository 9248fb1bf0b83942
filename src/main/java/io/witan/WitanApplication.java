package io.witan;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The Spring application that {@code witan serve} runs; started with its database only. */
@SpringBootApplication
public class WitanApplication {}
