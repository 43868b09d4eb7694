package com.example.fleet.dto;

import java.time.LocalDate;

public record TripResponse(Long id, String destination, int kilometres, LocalDate drivenOn) {}
