package service

import (
	"context"

	"example.com/accounts/internal/model"
	"example.com/accounts/internal/repository"
)

// UserService has the rules of users.
type UserService interface {
	GetAllUsers(ctx context.Context) ([]model.User, error)
	GetUserByID(ctx context.Context, id uint) (*model.User, error)
}

type userServiceImpl struct {
	userRepo repository.UserRepository
}

// NewUserService returns a service over a repository.
func NewUserService(userRepo repository.UserRepository) UserService {
	return &userServiceImpl{userRepo: userRepo}
}

func (s *userServiceImpl) GetAllUsers(ctx context.Context) ([]model.User, error) {
	return s.userRepo.FindAll()
}

func (s *userServiceImpl) GetUserByID(ctx context.Context, id uint) (*model.User, error) {
	return s.userRepo.FindByID(id)
}
