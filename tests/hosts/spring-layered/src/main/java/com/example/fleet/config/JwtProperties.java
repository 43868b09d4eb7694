package com.example.fleet.config;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** How tokens are signed; the application does not start without a secret. */
@Validated
@ConfigurationProperties("fleet.jwt")
public record JwtProperties(
        @NotNull @Size(min = 32) String secret,
        @NotBlank String issuer,
        @NotNull Duration lifetime) {}
