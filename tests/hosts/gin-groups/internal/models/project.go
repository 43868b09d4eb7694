package models

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// The states that a project can be in.
const (
	ProjectActive   = "active"
	ProjectArchived = "archived"
)

// Project belongs to the account that created it.
type Project struct {
	ID          uuid.UUID  `gorm:"type:uuid;primaryKey" json:"id"`
	OwnerID     uuid.UUID  `gorm:"type:uuid;uniqueIndex:projects_owner_id_name_key" json:"owner_id"`
	TagID       *uuid.UUID `gorm:"type:uuid" json:"tag_id"`
	Name        string     `gorm:"size:100;uniqueIndex:projects_owner_id_name_key" json:"name"`
	Description string     `json:"description"`
	Status      string     `gorm:"size:20" json:"status"`
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`
}

// BeforeCreate gives the project its id.
func (p *Project) BeforeCreate(*gorm.DB) (err error) {
	p.ID, err = uuid.NewV7()
	return err
}
