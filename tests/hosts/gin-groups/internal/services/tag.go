package services

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"example.com/worklog/internal/models"
)

// TagService keeps the shared list of tags.
type TagService struct {
	db *gorm.DB
}

// NewTagService works on db.
func NewTagService(db *gorm.DB) *TagService {
	return &TagService{db: db}
}

// List returns a page of the tags in alphabetical order.
func (s *TagService) List(ctx context.Context, page, limit int) (Page[models.Tag], error) {
	query := s.db.WithContext(ctx).Model(&models.Tag{})
	result := Page[models.Tag]{Items: []models.Tag{}}
	if err := query.Count(&result.Total).Error; err != nil {
		return result, err
	}
	err := query.Order("name, id").Offset((page - 1) * limit).Limit(limit).Find(&result.Items).Error
	return result, err
}

// Create stores a new tag.
func (s *TagService) Create(ctx context.Context, tag *models.Tag) error {
	return translate(s.db.WithContext(ctx).Create(tag).Error)
}

// Delete removes a tag that no project carries any more.
func (s *TagService) Delete(ctx context.Context, id uuid.UUID) error {
	result := s.db.WithContext(ctx).Delete(&models.Tag{}, "id = ?", id)
	switch {
	case errors.Is(result.Error, gorm.ErrForeignKeyViolated):
		return ErrInUse
	case result.Error != nil:
		return result.Error
	case result.RowsAffected == 0:
		return ErrNotFound
	}
	return nil
}
