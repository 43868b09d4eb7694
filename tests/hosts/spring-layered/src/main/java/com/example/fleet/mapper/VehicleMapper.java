package com.example.fleet.mapper;

import com.example.fleet.dto.VehicleCreateRequest;
import com.example.fleet.dto.VehicleResponse;
import com.example.fleet.dto.VehicleUpdateRequest;
import com.example.fleet.entity.Vehicle;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.mapstruct.MappingConstants;
import org.mapstruct.MappingTarget;
import org.mapstruct.NullValuePropertyMappingStrategy;

@Mapper(
        componentModel = MappingConstants.ComponentModel.SPRING,
        nullValuePropertyMappingStrategy = NullValuePropertyMappingStrategy.IGNORE)
public interface VehicleMapper {

    @Mapping(target = "ownerId", source = "ownerId")
    Vehicle toEntity(VehicleCreateRequest request, Long ownerId);

    VehicleResponse toResponse(Vehicle vehicle);

    @Mapping(target = "ownerId", ignore = true)
    void update(@MappingTarget Vehicle vehicle, VehicleUpdateRequest request);
}
