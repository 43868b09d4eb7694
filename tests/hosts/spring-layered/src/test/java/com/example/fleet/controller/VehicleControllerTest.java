package com.example.fleet.controller;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.example.fleet.entity.AppUser;
import com.example.fleet.repository.AppUserRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.annotation.Transactional;

@SpringBootTest
@AutoConfigureMockMvc
@Transactional
class VehicleControllerTest {

    private static final String VEHICLE =
            """
            {"plate": "%s", "model": "Zoe", "status": "ACTIVE", "mileage": 1200}
            """;

    @Autowired private MockMvc mockMvc;
    @Autowired private AppUserRepository userRepository;

    private RequestPostProcessor first;
    private RequestPostProcessor second;

    @BeforeEach
    void users() {
        first = user("first@example.com");
        second = user("second@example.com");
    }

    @Test
    void aVehicleIsCreatedReadChangedAndDeleted() throws Exception {
        var location = create("AB-1");

        mockMvc.perform(get(location).with(first))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.plate").value("AB-1"));
        mockMvc.perform(
                        put(location)
                                .with(first)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"status\": \"SOLD\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("SOLD"))
                .andExpect(jsonPath("$.mileage").value(1200));
        mockMvc.perform(delete(location).with(first)).andExpect(status().isNoContent());
        mockMvc.perform(get(location).with(first)).andExpect(status().isNotFound());
    }

    @Test
    void anotherUsersVehicleIsNotThere() throws Exception {
        var location = create("AB-2");

        mockMvc.perform(get(location).with(second)).andExpect(status().isNotFound());
        mockMvc.perform(get("/api/v1/vehicles").with(second))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void aPlateIsTakenOnce() throws Exception {
        create("AB-3");

        mockMvc.perform(
                        post("/api/v1/vehicles")
                                .with(second)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(VEHICLE.formatted("AB-3")))
                .andExpect(status().isConflict());
    }

    @Test
    void badFieldsAreNamed() throws Exception {
        mockMvc.perform(
                        post("/api/v1/vehicles")
                                .with(first)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"plate\": \"\", \"mileage\": -1}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.plate").exists())
                .andExpect(jsonPath("$.errors.mileage").exists());
    }

    @Test
    void withoutATokenNothingIsShown() throws Exception {
        mockMvc.perform(get("/api/v1/vehicles")).andExpect(status().isUnauthorized());
    }

    private String create(String plate) throws Exception {
        return mockMvc.perform(
                        post("/api/v1/vehicles")
                                .with(first)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(VEHICLE.formatted(plate)))
                .andExpect(status().isCreated())
                .andExpect(header().exists("Location"))
                .andReturn()
                .getResponse()
                .getHeader("Location");
    }

    private RequestPostProcessor user(String email) {
        var user = new AppUser();
        user.setEmail(email);
        user.setPasswordHash("none");
        var id = userRepository.save(user).getId();
        return jwt().jwt(token -> token.subject(id.toString()));
    }
}
