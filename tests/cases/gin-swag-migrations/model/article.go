package model

import "time"

// Article is a thing in the depot.
type Article struct {
	ID        int64     `gorm:"primaryKey" json:"id"`
	Code      string    `gorm:"size:20;uniqueIndex" json:"code"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}
