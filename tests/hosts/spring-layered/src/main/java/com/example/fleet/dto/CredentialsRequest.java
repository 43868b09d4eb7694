package com.example.fleet.dto;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

public record CredentialsRequest(
        @NotNull @Email @Size(max = 254) String email,
        @NotNull @Size(min = 12, max = 72) String password) {}
