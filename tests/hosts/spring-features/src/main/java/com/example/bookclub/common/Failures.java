package com.example.bookclub.common;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

@RestControllerAdvice
public class Failures {
	private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

	@ExceptionHandler(AppException.class)
	public ResponseEntity<Failure> told(AppException exception) {
		return ResponseEntity.status(exception.status()).body(Failure.of(exception.code(), exception.getMessage()));
	}

	@ExceptionHandler(MethodArgumentNotValidException.class)
	public ResponseEntity<Failure> invalid(MethodArgumentNotValidException exception) {
		var fields = new TreeMap<String, String>();
		for (var error : exception.getFieldErrors()) {
			fields.put(error.getField(), error.isBindingFailure() ? "is malformed" : error.getDefaultMessage());
		}
		return rejected(fields);
	}

	@ExceptionHandler(HandlerMethodValidationException.class)
	public ResponseEntity<Failure> invalid(HandlerMethodValidationException exception) {
		var fields = new TreeMap<String, String>();
		for (var result : exception.getParameterValidationResults()) {
			fields.put(result.getMethodParameter().getParameterName(), "is invalid");
		}
		return rejected(fields);
	}

	@ExceptionHandler(MethodArgumentTypeMismatchException.class)
	public ResponseEntity<Failure> malformed(MethodArgumentTypeMismatchException exception) {
		return rejected(Map.of(exception.getName(), "is malformed"));
	}

	@ExceptionHandler(HttpMessageNotReadableException.class)
	public ResponseEntity<Failure> unreadable(HttpMessageNotReadableException exception) {
		if (exception.getCause() instanceof JsonMappingException mapping) {
			for (var part : mapping.getPath()) {
				if (part.getFieldName() != null) {
					return rejected(Map.of(part.getFieldName(), "is malformed"));
				}
			}
		}
		return rejected(null);
	}

	@ExceptionHandler(Exception.class)
	public ResponseEntity<Failure> other(Exception exception) {
		if (exception instanceof ErrorResponse answered) {
			var status = answered.getStatusCode();
			var title = Objects.requireNonNullElse(answered.getBody().getTitle(), "failed");
			return ResponseEntity.status(status).body(Failure.of("http", title));
		}
		LOG.error("not handled", exception);
		return ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR).body(Failure.of("fault", "something broke"));
	}

	private static ResponseEntity<Failure> rejected(Map<String, String> fields) {
		return ResponseEntity.unprocessableEntity().body(new Failure("invalid", "the request is invalid", fields));
	}
}
