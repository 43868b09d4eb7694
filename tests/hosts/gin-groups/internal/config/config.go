// Package config reads the settings from the environment.
package config

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// Config is everything that differs between two deployments.
type Config struct {
	Port        string
	DatabaseURL string
	JWTSecret   []byte
	TokenTTL    time.Duration
}

// Load reads the configuration and refuses one that is not safe to run.
func Load() (Config, error) {
	cfg := Config{
		Port:        env("PORT", "8080"),
		DatabaseURL: DatabaseURL(),
		JWTSecret:   []byte(os.Getenv("JWT_SECRET")),
	}
	if len(cfg.JWTSecret) < 32 {
		return Config{}, errors.New("JWT_SECRET must hold at least 32 bytes")
	}
	ttl, err := time.ParseDuration(env("TOKEN_TTL", "1h"))
	if err != nil {
		return Config{}, fmt.Errorf("TOKEN_TTL: %w", err)
	}
	cfg.TokenTTL = ttl
	return cfg, nil
}

// DatabaseURL is a postgres:// URL, or the path of an SQLite file.
func DatabaseURL() string {
	return env("DATABASE_URL", "worklog.db")
}

func env(key, fallback string) string {
	if value := os.Getenv(key); value != "" {
		return value
	}
	return fallback
}
