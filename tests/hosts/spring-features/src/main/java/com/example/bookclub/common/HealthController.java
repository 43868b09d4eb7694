package com.example.bookclub.common;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class HealthController {
	@GetMapping("/healthz")
	public Map<String, String> health() {
		return Map.of("status", "up");
	}
}
