package com.example.fleet.controller;

import com.example.fleet.dto.TripRequest;
import com.example.fleet.dto.TripResponse;
import com.example.fleet.security.CurrentUserId;
import com.example.fleet.service.TripService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import lombok.RequiredArgsConstructor;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/vehicles/{vehicleId}/trips")
@RequiredArgsConstructor
@Tag(name = "Trips")
public class TripController {

    private final TripService tripService;

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Log a trip")
    public TripResponse create(
            @CurrentUserId Long userId,
            @PathVariable Long vehicleId,
            @Valid @RequestBody TripRequest request) {
        return tripService.create(userId, vehicleId, request);
    }

    @GetMapping
    @Operation(summary = "List the trips of a vehicle")
    public List<TripResponse> list(@CurrentUserId Long userId, @PathVariable Long vehicleId) {
        return tripService.list(userId, vehicleId);
    }
}
