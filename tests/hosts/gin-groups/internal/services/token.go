package services

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

const (
	tokenIssuer   = "worklog"
	tokenAudience = "worklog-api"
)

// TokenService issues and verifies access tokens.
type TokenService struct {
	secret []byte
	ttl    time.Duration
}

// NewTokenService signs with secret; tokens live for ttl.
func NewTokenService(secret []byte, ttl time.Duration) *TokenService {
	return &TokenService{secret: secret, ttl: ttl}
}

// TTL is how long a token is valid.
func (s *TokenService) TTL() time.Duration { return s.ttl }

// Issue returns a signed token for the account.
func (s *TokenService) Issue(accountID uuid.UUID) (string, error) {
	now := time.Now()
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Subject:   accountID.String(),
		Issuer:    tokenIssuer,
		Audience:  jwt.ClaimStrings{tokenAudience},
		IssuedAt:  jwt.NewNumericDate(now),
		ExpiresAt: jwt.NewNumericDate(now.Add(s.ttl)),
	}).SignedString(s.secret)
}

// Verify returns the account that the token was issued for.
func (s *TokenService) Verify(token string) (uuid.UUID, error) {
	var claims jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(token, &claims,
		func(*jwt.Token) (any, error) { return s.secret, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithIssuer(tokenIssuer),
		jwt.WithAudience(tokenAudience),
		jwt.WithExpirationRequired(),
	)
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(claims.Subject)
}
