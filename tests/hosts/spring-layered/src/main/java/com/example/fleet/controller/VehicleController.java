package com.example.fleet.controller;

import com.example.fleet.dto.PageResponse;
import com.example.fleet.dto.VehicleCreateRequest;
import com.example.fleet.dto.VehicleResponse;
import com.example.fleet.dto.VehicleUpdateRequest;
import com.example.fleet.security.CurrentUserId;
import com.example.fleet.service.VehicleService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import lombok.RequiredArgsConstructor;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/vehicles")
@RequiredArgsConstructor
@Tag(name = "Vehicles")
public class VehicleController {

    private final VehicleService vehicleService;

    @PostMapping
    @Operation(summary = "Create a vehicle")
    public ResponseEntity<VehicleResponse> create(
            @CurrentUserId Long userId, @Valid @RequestBody VehicleCreateRequest request) {
        var vehicle = vehicleService.create(userId, request);
        return ResponseEntity.created(URI.create("/api/v1/vehicles/" + vehicle.id())).body(vehicle);
    }

    @GetMapping
    @Operation(summary = "List vehicles")
    public PageResponse<VehicleResponse> list(
            @CurrentUserId Long userId,
            @RequestParam(defaultValue = "1") @Min(1) int page,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int size) {
        return PageResponse.of(vehicleService.list(userId, page, size));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get a vehicle")
    public VehicleResponse get(@CurrentUserId Long userId, @PathVariable Long id) {
        return vehicleService.get(userId, id);
    }

    @PutMapping("/{id}")
    @Operation(summary = "Update a vehicle")
    public VehicleResponse update(
            @CurrentUserId Long userId,
            @PathVariable Long id,
            @Valid @RequestBody VehicleUpdateRequest request) {
        return vehicleService.update(userId, id, request);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a vehicle")
    public void delete(@CurrentUserId Long userId, @PathVariable Long id) {
        vehicleService.delete(userId, id);
    }
}
