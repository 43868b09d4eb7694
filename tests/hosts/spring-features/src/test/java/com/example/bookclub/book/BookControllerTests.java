package com.example.bookclub.book;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest
@AutoConfigureMockMvc
class BookControllerTests {
	@Autowired
	private MockMvc http;

	@Test
	void booksComeAndGo() throws Exception {
		var place = http.perform(post("/books")
						.contentType(MediaType.APPLICATION_JSON)
						.content("{\"isbn\": \"978-3-16-148410\", \"title\": \"Momo\"}"))
				.andExpect(status().isCreated())
				.andReturn()
				.getResponse()
				.getHeader("Location");

		http.perform(patch(place).contentType(MediaType.APPLICATION_JSON).content("{\"pages\": 304}"))
				.andExpect(status().isOk())
				.andExpect(jsonPath("$.title").value("Momo"))
				.andExpect(jsonPath("$.pages").value(304));
		http.perform(get("/books"))
				.andExpect(status().isOk())
				.andExpect(jsonPath("$.meta.count").value(1));
		http.perform(delete(place)).andExpect(status().isNoContent());
		http.perform(get(place)).andExpect(status().isNotFound());
	}

	@Test
	void badFieldsAreNamed() throws Exception {
		http.perform(post("/books").contentType(MediaType.APPLICATION_JSON).content("{}"))
				.andExpect(status().isUnprocessableEntity())
				.andExpect(jsonPath("$.fields.isbn").exists());
	}
}
