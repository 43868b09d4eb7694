package com.example.fleet.dto;

import com.example.fleet.entity.VehicleStatus;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

public record VehicleCreateRequest(
        @NotBlank @Size(max = 12) String plate,
        @NotBlank @Size(max = 120) String model,
        @NotNull VehicleStatus status,
        @NotNull @PositiveOrZero Integer mileage) {}
