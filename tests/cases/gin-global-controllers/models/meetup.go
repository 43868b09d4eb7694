package models

import "time"

// Meetup is where people meet.
type Meetup struct {
	ID        uint      `gorm:"primaryKey" json:"id"`
	Title     string    `gorm:"uniqueIndex;not null" json:"title"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}
