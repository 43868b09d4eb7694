package products

import "gorm.io/gorm"

// Product is something for sale.
type Product struct {
	gorm.Model
	Name  string `gorm:"size:100;not null"`
	Price int    `gorm:"not null"`
}
