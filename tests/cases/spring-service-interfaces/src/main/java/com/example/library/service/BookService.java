package com.example.library.service;

import com.example.library.dto.BookDto;
import java.util.List;

public interface BookService {

    BookDto createBook(BookDto dto);

    List<BookDto> getAllBooks();

    BookDto getBookById(Long id);

    BookDto updateBook(Long id, BookDto dto);

    void deleteBook(Long id);
}
