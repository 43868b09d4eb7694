package com.example.fleet.service;

import com.example.fleet.config.JwtProperties;
import com.example.fleet.dto.CredentialsRequest;
import com.example.fleet.dto.TokenResponse;
import com.example.fleet.entity.AppUser;
import com.example.fleet.exception.ConflictException;
import com.example.fleet.repository.AppUserRepository;
import java.time.Instant;
import java.util.Optional;
import lombok.RequiredArgsConstructor;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@RequiredArgsConstructor
public class AuthService {

    private final AppUserRepository userRepository;
    private final PasswordEncoder passwordEncoder;
    private final JwtEncoder jwtEncoder;
    private final JwtProperties properties;

    @Transactional
    public void register(CredentialsRequest request) {
        var user = new AppUser();
        user.setEmail(request.email().toLowerCase());
        user.setPasswordHash(passwordEncoder.encode(request.password()));
        try {
            userRepository.saveAndFlush(user);
        } catch (DataIntegrityViolationException exception) {
            throw new ConflictException("email is taken");
        }
    }

    @Transactional(readOnly = true)
    public Optional<TokenResponse> login(CredentialsRequest request) {
        return userRepository
                .findByEmail(request.email().toLowerCase())
                .filter(user -> passwordEncoder.matches(request.password(), user.getPasswordHash()))
                .map(this::token);
    }

    private TokenResponse token(AppUser user) {
        var now = Instant.now();
        var claims =
                JwtClaimsSet.builder()
                        .issuer(properties.issuer())
                        .subject(user.getId().toString())
                        .issuedAt(now)
                        .expiresAt(now.plus(properties.lifetime()))
                        .build();
        var header = JwsHeader.with(MacAlgorithm.HS256).build();
        var token = jwtEncoder.encode(JwtEncoderParameters.from(header, claims));
        return new TokenResponse(token.getTokenValue(), properties.lifetime().toSeconds());
    }
}
