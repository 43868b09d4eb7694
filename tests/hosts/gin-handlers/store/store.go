// Package store opens the library's database.
package store

import (
	"time"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"example.org/library/model"
)

// Open opens the SQLite file and brings its tables up to date.
func Open(path string) (*gorm.DB, error) {
	dsn := path + "?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_txlock=immediate"
	db, err := gorm.Open(sqlite.Open(dsn), &gorm.Config{
		Logger:         logger.Default.LogMode(logger.Error),
		TranslateError: true,
		NowFunc:        func() time.Time { return time.Now().UTC() },
	})
	if err != nil {
		return nil, err
	}
	return db, migrate(db)
}

func migrate(db *gorm.DB) error {
	return db.AutoMigrate(
		&model.Author{},
		&model.Book{},
	)
}
