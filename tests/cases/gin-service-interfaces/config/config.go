package config

import "os"

// Database says how to reach the database.
type Database struct {
	Host string
	User string
}

// Load reads the environment.
func Load() Database {
	return Database{
		Host: os.Getenv("DB_HOST"),
		User: os.Getenv("DB_USER"),
	}
}
