package com.example.fleet.dto;

import com.example.fleet.entity.VehicleStatus;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/** What is absent stays as it is. */
public record VehicleUpdateRequest(
        @Size(min = 1, max = 12) String plate,
        @Size(min = 1, max = 120) String model,
        VehicleStatus status,
        @PositiveOrZero Integer mileage) {}
