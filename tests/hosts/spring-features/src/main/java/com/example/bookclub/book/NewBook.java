package com.example.bookclub.book;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

public record NewBook(
		@NotBlank @Pattern(regexp = "[0-9-]{10,17}") String isbn,
		@NotBlank @Size(max = 300) String title,
		@Positive Integer pages) {}
