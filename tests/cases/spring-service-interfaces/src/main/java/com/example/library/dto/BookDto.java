package com.example.library.dto;

import jakarta.validation.constraints.NotBlank;
import lombok.Data;

@Data
public class BookDto {

    private Long id;

    @NotBlank
    private String title;
}
