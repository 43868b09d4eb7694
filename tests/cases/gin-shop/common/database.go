package common

import (
	"log"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

var db *gorm.DB

// Init opens the database.
func Init() *gorm.DB {
	opened, err := gorm.Open(sqlite.Open("shop.db"), &gorm.Config{TranslateError: true})
	if err != nil {
		log.Fatal(err)
	}
	db = opened
	return db
}

// GetDB returns the open database.
func GetDB() *gorm.DB {
	return db
}
