package orders

import "gorm.io/gorm"

// Order is what somebody bought.
type Order struct {
	gorm.Model
	ProductID uint `gorm:"not null;index"`
	Quantity  int  `gorm:"not null"`
}
