package com.example.bookclub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class BookClubApplication {
	public static void main(String[] args) {
		SpringApplication.run(BookClubApplication.class, args);
	}
}
