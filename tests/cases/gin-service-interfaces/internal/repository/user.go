package repository

import (
	"gorm.io/gorm"

	"example.com/accounts/internal/model"
)

// UserRepository stores users.
type UserRepository interface {
	FindAll() ([]model.User, error)
	FindByID(id uint) (*model.User, error)
}

type userRepositoryImpl struct {
	db *gorm.DB
}

// NewUserRepository returns a repository over a database.
func NewUserRepository(db *gorm.DB) UserRepository {
	return &userRepositoryImpl{db: db}
}

func (r *userRepositoryImpl) FindAll() ([]model.User, error) {
	users := []model.User{}
	return users, r.db.Find(&users).Error
}

func (r *userRepositoryImpl) FindByID(id uint) (*model.User, error) {
	var user model.User
	return &user, r.db.First(&user, id).Error
}
