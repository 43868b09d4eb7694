package com.example.fleet.mapper;

import com.example.fleet.dto.TripRequest;
import com.example.fleet.dto.TripResponse;
import com.example.fleet.entity.Trip;
import com.example.fleet.entity.Vehicle;
import org.mapstruct.Mapper;
import org.mapstruct.MappingConstants;

@Mapper(componentModel = MappingConstants.ComponentModel.SPRING)
public interface TripMapper {

    Trip toEntity(TripRequest request, Vehicle vehicle);

    TripResponse toResponse(Trip trip);
}
