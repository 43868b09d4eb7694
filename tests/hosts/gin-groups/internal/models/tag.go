package models

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Tag is a label that every account shares.
type Tag struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey" json:"id"`
	Name      string    `gorm:"size:50;uniqueIndex" json:"name"`
	Color     string    `gorm:"size:7" json:"color"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// BeforeCreate gives the tag its id.
func (t *Tag) BeforeCreate(*gorm.DB) (err error) {
	t.ID, err = uuid.NewV7()
	return err
}
