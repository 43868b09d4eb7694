package com.example.bookclub.book;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

public record BookChange(@Size(min = 1, max = 300) String title, @Positive Integer pages) {}
