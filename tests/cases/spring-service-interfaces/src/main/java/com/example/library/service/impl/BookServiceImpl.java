package com.example.library.service.impl;

import com.example.library.dto.BookDto;
import com.example.library.entity.Book;
import com.example.library.exception.NotFoundException;
import com.example.library.repository.BookRepository;
import com.example.library.service.BookService;
import java.util.List;
import lombok.RequiredArgsConstructor;
import org.springframework.stereotype.Service;

@Service
@RequiredArgsConstructor
public class BookServiceImpl implements BookService {

    private final BookRepository bookRepository;

    @Override
    public BookDto createBook(BookDto dto) {
        Book book = new Book();
        book.setTitle(dto.getTitle());
        return toDto(bookRepository.save(book));
    }

    @Override
    public List<BookDto> getAllBooks() {
        return bookRepository.findAll().stream().map(this::toDto).toList();
    }

    @Override
    public BookDto getBookById(Long id) {
        return toDto(find(id));
    }

    @Override
    public BookDto updateBook(Long id, BookDto dto) {
        Book book = find(id);
        book.setTitle(dto.getTitle());
        return toDto(bookRepository.save(book));
    }

    @Override
    public void deleteBook(Long id) {
        bookRepository.delete(find(id));
    }

    private Book find(Long id) {
        return bookRepository.findById(id)
                .orElseThrow(() -> new NotFoundException("Book not found with id " + id));
    }

    private BookDto toDto(Book book) {
        BookDto dto = new BookDto();
        dto.setId(book.getId());
        dto.setTitle(book.getTitle());
        return dto;
    }
}
