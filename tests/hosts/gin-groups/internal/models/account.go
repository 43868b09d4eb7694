// Package models holds what the database stores.
package models

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Account is a person who can log in.
type Account struct {
	ID           uuid.UUID `gorm:"type:uuid;primaryKey" json:"id"`
	Email        string    `gorm:"size:254;uniqueIndex" json:"email"`
	Name         string    `gorm:"size:100" json:"name"`
	PasswordHash string    `gorm:"size:100" json:"-"`
	CreatedAt    time.Time `json:"created_at"`
	UpdatedAt    time.Time `json:"updated_at"`
}

// BeforeCreate gives the account its id.
func (a *Account) BeforeCreate(*gorm.DB) (err error) {
	a.ID, err = uuid.NewV7()
	return err
}
