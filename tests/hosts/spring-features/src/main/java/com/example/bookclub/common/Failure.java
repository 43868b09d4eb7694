package com.example.bookclub.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/** How every error looks. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(String code, String message, Map<String, String> fields) {
	public static Failure of(String code, String message) {
		return new Failure(code, message, null);
	}
}
