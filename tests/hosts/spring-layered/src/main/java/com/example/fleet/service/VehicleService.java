package com.example.fleet.service;

import com.example.fleet.dto.VehicleCreateRequest;
import com.example.fleet.dto.VehicleResponse;
import com.example.fleet.dto.VehicleUpdateRequest;
import com.example.fleet.entity.Vehicle;
import com.example.fleet.exception.ConflictException;
import com.example.fleet.exception.ResourceNotFoundException;
import com.example.fleet.mapper.VehicleMapper;
import com.example.fleet.repository.VehicleRepository;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Slf4j
@Service
@RequiredArgsConstructor
@Transactional(readOnly = true)
public class VehicleService {

    private final VehicleRepository vehicleRepository;
    private final VehicleMapper vehicleMapper;

    @Transactional
    public VehicleResponse create(Long ownerId, VehicleCreateRequest request) {
        var vehicle = save(vehicleMapper.toEntity(request, ownerId));
        log.info("Created vehicle {}", vehicle.getId());
        return vehicleMapper.toResponse(vehicle);
    }

    public Page<VehicleResponse> list(Long ownerId, int page, int size) {
        var sort = Sort.by(Sort.Direction.DESC, "createdAt", "id");
        return vehicleRepository
                .findByOwnerId(ownerId, PageRequest.of(page - 1, size, sort))
                .map(vehicleMapper::toResponse);
    }

    public VehicleResponse get(Long ownerId, Long id) {
        return vehicleMapper.toResponse(find(ownerId, id));
    }

    @Transactional
    public VehicleResponse update(Long ownerId, Long id, VehicleUpdateRequest request) {
        var vehicle = find(ownerId, id);
        vehicleMapper.update(vehicle, request);
        return vehicleMapper.toResponse(save(vehicle));
    }

    @Transactional
    public void delete(Long ownerId, Long id) {
        vehicleRepository.delete(find(ownerId, id));
        try {
            vehicleRepository.flush();
        } catch (DataIntegrityViolationException exception) {
            throw new ConflictException("The vehicle has trips");
        }
        log.info("Deleted vehicle {}", id);
    }

    private Vehicle find(Long ownerId, Long id) {
        return vehicleRepository
                .findByIdAndOwnerId(id, ownerId)
                .orElseThrow(() -> new ResourceNotFoundException("Vehicle", id));
    }

    private Vehicle save(Vehicle vehicle) {
        try {
            return vehicleRepository.saveAndFlush(vehicle);
        } catch (DataIntegrityViolationException exception) {
            throw new ConflictException("plate is taken");
        }
    }
}
