package com.example.fleet.dto;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;

public record TripRequest(
        @NotBlank @Size(max = 200) String destination,
        @NotNull @Positive Integer kilometres,
        @NotNull @PastOrPresent LocalDate drivenOn) {}
