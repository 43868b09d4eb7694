package com.example.bookclub.book;

import java.time.Instant;
import java.util.UUID;

public record BookView(UUID id, String isbn, String title, Integer pages, Instant addedAt, Instant changedAt) {
	static BookView of(Book book) {
		return new BookView(
				book.getId(),
				book.getIsbn(),
				book.getTitle(),
				book.getPages(),
				book.getAddedAt(),
				book.getChangedAt());
	}
}
