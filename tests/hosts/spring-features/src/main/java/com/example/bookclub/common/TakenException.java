package com.example.bookclub.common;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.CONFLICT)
public class TakenException extends AppException {
	private static final long serialVersionUID = 1L;

	public TakenException(String message) {
		super(HttpStatus.CONFLICT, "taken", message);
	}
}
