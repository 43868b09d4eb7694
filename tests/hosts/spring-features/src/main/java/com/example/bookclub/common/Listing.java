package com.example.bookclub.common;

import java.util.List;
import org.springframework.data.domain.Page;

/** A part of a list, and how long the whole is. */
public record Listing<T>(List<T> data, Meta meta) {
	public record Meta(long count, long offset, int limit) {}

	public static <T> Listing<T> of(Page<T> page) {
		var asked = page.getPageable();
		return new Listing<>(
				page.getContent(),
				new Meta(page.getTotalElements(), asked.getOffset(), asked.getPageSize()));
	}
}
