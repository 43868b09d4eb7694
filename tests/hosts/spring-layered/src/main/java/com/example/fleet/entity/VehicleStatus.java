package com.example.fleet.entity;

public enum VehicleStatus {
    ACTIVE,
    IN_REPAIR,
    SOLD
}
