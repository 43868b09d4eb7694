package com.example.bookclub.book;

import com.example.bookclub.common.MissingException;
import com.example.bookclub.common.OffsetRequest;
import com.example.bookclub.common.TakenException;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class BookService {
	private final BookRepository books;

	public BookService(BookRepository books) {
		this.books = books;
	}

	@Transactional
	public BookView add(NewBook added) {
		var book = new Book();
		book.setIsbn(added.isbn());
		book.setTitle(added.title());
		book.setPages(added.pages());
		try {
			return BookView.of(books.saveAndFlush(book));
		} catch (DataIntegrityViolationException exception) {
			throw new TakenException("the isbn is taken");
		}
	}

	@Transactional(readOnly = true)
	public Page<BookView> list(int offset, int limit) {
		var newest = Sort.by(Sort.Direction.DESC, "addedAt", "id");
		return books.findAll(OffsetRequest.of(offset, limit, newest)).map(BookView::of);
	}

	@Transactional(readOnly = true)
	public BookView get(UUID id) {
		return BookView.of(find(id));
	}

	@Transactional
	public BookView change(UUID id, BookChange change) {
		var book = find(id);
		if (change.title() != null) {
			book.setTitle(change.title());
		}
		if (change.pages() != null) {
			book.setPages(change.pages());
		}
		return BookView.of(books.saveAndFlush(book));
	}

	@Transactional
	public void remove(UUID id) {
		books.delete(find(id));
	}

	private Book find(UUID id) {
		return books.findById(id).orElseThrow(() -> new MissingException("book " + id + " is not there"));
	}
}
