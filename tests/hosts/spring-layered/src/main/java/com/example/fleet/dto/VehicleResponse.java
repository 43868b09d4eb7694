package com.example.fleet.dto;

import com.example.fleet.entity.VehicleStatus;
import java.time.Instant;

public record VehicleResponse(
        Long id,
        String plate,
        String model,
        VehicleStatus status,
        int mileage,
        Instant createdAt,
        Instant updatedAt) {}
