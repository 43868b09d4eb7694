package com.example.bookclub.book;

import com.example.bookclub.common.Listing;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/books")
public class BookController {
	private final BookService books;

	public BookController(BookService books) {
		this.books = books;
	}

	@GetMapping
	public ResponseEntity<Listing<BookView>> list(
			@RequestParam(defaultValue = "0") @Min(0) int offset,
			@RequestParam(defaultValue = "10") @Min(1) @Max(50) int limit) {
		return ResponseEntity.ok(Listing.of(books.list(offset, limit)));
	}

	@PostMapping
	public ResponseEntity<BookView> add(@Valid @RequestBody NewBook added) {
		var book = books.add(added);
		return ResponseEntity.created(URI.create("/books/" + book.id())).body(book);
	}

	@GetMapping("/{id}")
	public ResponseEntity<BookView> get(@PathVariable UUID id) {
		return ResponseEntity.ok(books.get(id));
	}

	@PatchMapping("/{id}")
	public ResponseEntity<BookView> change(@PathVariable UUID id, @Valid @RequestBody BookChange change) {
		return ResponseEntity.ok(books.change(id, change));
	}

	@DeleteMapping("/{id}")
	public ResponseEntity<Void> remove(@PathVariable UUID id) {
		books.remove(id);
		return ResponseEntity.noContent().build();
	}
}
