package com.example.fleet.repository;

import com.example.fleet.entity.Trip;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface TripRepository extends JpaRepository<Trip, Long> {

    List<Trip> findByVehicleIdOrderByDrivenOnDescIdDesc(Long vehicleId);
}
