package com.example.fleet.dto;

public record TokenResponse(String accessToken, long expiresIn) {}
