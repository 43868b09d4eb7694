// Package database opens the connection and migrates the schema.
package database

import (
	"strings"
	"time"

	"github.com/glebarez/sqlite"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

const sqliteOptions = "?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_txlock=immediate"

// Open connects to PostgreSQL when url says so, and to an SQLite file otherwise.
func Open(url string) (*gorm.DB, error) {
	return gorm.Open(dialector(url), &gorm.Config{
		Logger:         logger.Default.LogMode(logger.Silent),
		TranslateError: true,
		NowFunc:        func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	})
}

func dialector(url string) gorm.Dialector {
	if strings.HasPrefix(url, "postgres://") {
		return postgres.Open(url)
	}
	return sqlite.Open(url + sqliteOptions)
}

// Close releases the pool behind db.
func Close(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
