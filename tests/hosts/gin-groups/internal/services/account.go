package services

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/crypto/bcrypt"
	"gorm.io/gorm"

	"example.com/worklog/internal/models"
)

// AccountService registers people and checks their passwords.
type AccountService struct {
	db *gorm.DB
}

// NewAccountService works on db.
func NewAccountService(db *gorm.DB) *AccountService {
	return &AccountService{db: db}
}

// Register creates an account; the e-mail address must be free.
func (s *AccountService) Register(ctx context.Context, email, name, password string) (*models.Account, error) {
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	if err != nil {
		return nil, err
	}
	account := &models.Account{Email: strings.ToLower(email), Name: name, PasswordHash: string(hash)}
	if err := s.db.WithContext(ctx).Create(account).Error; err != nil {
		return nil, translate(err)
	}
	return account, nil
}

// Authenticate returns the account if the password is right.
func (s *AccountService) Authenticate(ctx context.Context, email, password string) (*models.Account, error) {
	var account models.Account
	err := s.db.WithContext(ctx).First(&account, "email = ?", strings.ToLower(email)).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, ErrInvalidCredentials
	}
	if err != nil {
		return nil, translate(err)
	}
	if bcrypt.CompareHashAndPassword([]byte(account.PasswordHash), []byte(password)) != nil {
		return nil, ErrInvalidCredentials
	}
	return &account, nil
}
