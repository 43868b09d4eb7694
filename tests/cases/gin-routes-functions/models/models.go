package models

import "gorm.io/gorm"

type Ticket struct {
	gorm.Model
	Title string
	Done  bool
}

type Comment struct {
	gorm.Model
	TicketID uint
	Body     string
}

// Migrate makes the tables that are missing.
func Migrate(db *gorm.DB) {
	db.AutoMigrate(&Ticket{}, &Comment{})
}
