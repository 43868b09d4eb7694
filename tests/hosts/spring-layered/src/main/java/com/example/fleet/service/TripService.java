package com.example.fleet.service;

import com.example.fleet.dto.TripRequest;
import com.example.fleet.dto.TripResponse;
import com.example.fleet.exception.ResourceNotFoundException;
import com.example.fleet.mapper.TripMapper;
import com.example.fleet.repository.TripRepository;
import com.example.fleet.repository.VehicleRepository;
import java.util.List;
import lombok.RequiredArgsConstructor;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@RequiredArgsConstructor
@Transactional(readOnly = true)
public class TripService {

    private final TripRepository tripRepository;
    private final VehicleRepository vehicleRepository;
    private final TripMapper tripMapper;

    @Transactional
    public TripResponse create(Long ownerId, Long vehicleId, TripRequest request) {
        var vehicle =
                vehicleRepository
                        .findByIdAndOwnerId(vehicleId, ownerId)
                        .orElseThrow(() -> new ResourceNotFoundException("Vehicle", vehicleId));
        vehicle.setMileage(Math.addExact(vehicle.getMileage(), request.kilometres()));
        return tripMapper.toResponse(tripRepository.save(tripMapper.toEntity(request, vehicle)));
    }

    public List<TripResponse> list(Long ownerId, Long vehicleId) {
        if (vehicleRepository.findByIdAndOwnerId(vehicleId, ownerId).isEmpty()) {
            throw new ResourceNotFoundException("Vehicle", vehicleId);
        }
        return tripRepository.findByVehicleIdOrderByDrivenOnDescIdDesc(vehicleId).stream()
                .map(tripMapper::toResponse)
                .toList();
    }
}
