package com.example.fleet.repository;

import com.example.fleet.entity.Vehicle;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

public interface VehicleRepository extends JpaRepository<Vehicle, Long> {

    Page<Vehicle> findByOwnerId(Long ownerId, Pageable pageable);

    Optional<Vehicle> findByIdAndOwnerId(Long id, Long ownerId);
}
