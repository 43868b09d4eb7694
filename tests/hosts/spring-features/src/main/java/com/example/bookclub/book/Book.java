package com.example.bookclub.book;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "book")
public class Book {
	@Id
	@GeneratedValue(strategy = GenerationType.UUID)
	private UUID id;

	@Column(nullable = false, unique = true, length = 17)
	private String isbn;

	@Column(nullable = false, length = 300)
	private String title;

	private Integer pages;

	@Column(nullable = false, updatable = false)
	private Instant addedAt;

	@Column(nullable = false)
	private Instant changedAt;

	@PrePersist
	void added() {
		addedAt = Instant.now();
		changedAt = addedAt;
	}

	@PreUpdate
	void changed() {
		changedAt = Instant.now();
	}

	public UUID getId() {
		return id;
	}

	public String getIsbn() {
		return isbn;
	}

	public void setIsbn(String isbn) {
		this.isbn = isbn;
	}

	public String getTitle() {
		return title;
	}

	public void setTitle(String title) {
		this.title = title;
	}

	public Integer getPages() {
		return pages;
	}

	public void setPages(Integer pages) {
		this.pages = pages;
	}

	public Instant getAddedAt() {
		return addedAt;
	}

	public Instant getChangedAt() {
		return changedAt;
	}
}
