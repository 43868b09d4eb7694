package com.example.library;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

@RestController
public class BookController {

    @GetMapping("/books")
    public Flux<String> books() {
        return Flux.just("Momo");
    }
}
