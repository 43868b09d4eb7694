package com.example.fleet.dto;

import java.util.List;
import org.springframework.data.domain.Page;

/** One page of a list; pages are counted from one. */
public record PageResponse<T>(List<T> items, long total, int page, int size, int pages) {

    public static <T> PageResponse<T> of(Page<T> page) {
        return new PageResponse<>(
                page.getContent(),
                page.getTotalElements(),
                page.getNumber() + 1,
                page.getSize(),
                page.getTotalPages());
    }
}
