// Package model holds the tables of the library.
package model

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Base is what every table begins with.
type Base struct {
	ID         string    `gorm:"primaryKey;size:36" json:"id"`
	CreatedOn  time.Time `gorm:"autoCreateTime" json:"createdOn"`
	ModifiedOn time.Time `gorm:"autoUpdateTime" json:"modifiedOn"`
}

// BeforeCreate gives the row its id.
func (b *Base) BeforeCreate(*gorm.DB) error {
	b.ID = uuid.NewString()
	return nil
}

// Author writes books.
type Author struct {
	Base
	FullName string `gorm:"size:120;not null" json:"fullName"`
	Email    string `gorm:"size:254;not null;uniqueIndex" json:"email"`
}

// Book is one title, of which the library may own several copies.
type Book struct {
	Base
	AuthorID    string  `gorm:"size:36;not null;index" json:"authorId"`
	Author      *Author `json:"-"`
	Title       string  `gorm:"size:200;not null" json:"title"`
	ISBN        string  `gorm:"size:13;not null;uniqueIndex" json:"isbn"`
	Genre       string  `gorm:"size:20;not null" json:"genre"`
	TotalCopies int     `gorm:"not null" json:"totalCopies"`
}
