package com.example.bookclub.common;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class MissingException extends AppException {
	private static final long serialVersionUID = 1L;

	public MissingException(String message) {
		super(HttpStatus.NOT_FOUND, "missing", message);
	}
}
