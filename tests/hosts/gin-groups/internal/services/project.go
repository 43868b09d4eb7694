package services

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"example.com/worklog/internal/models"
)

// ProjectService keeps each account's projects to itself.
type ProjectService struct {
	db *gorm.DB
}

// NewProjectService works on db.
func NewProjectService(db *gorm.DB) *ProjectService {
	return &ProjectService{db: db}
}

// ProjectFilter says which projects to list.
type ProjectFilter struct {
	Page, Limit          int
	Search, Sort, Status string
}

// ProjectChanges holds the new values; nil leaves a field as it is.
type ProjectChanges struct {
	TagID                     *uuid.UUID
	Name, Description, Status *string
}

var projectOrders = map[string]string{
	"name":        "name, id",
	"-name":       "name DESC, id",
	"created_at":  "created_at, id",
	"-created_at": "created_at DESC, id",
}

// List returns a page of the owner's projects, newest first unless told otherwise.
func (s *ProjectService) List(ctx context.Context, ownerID uuid.UUID, filter ProjectFilter) (Page[models.Project], error) {
	query := s.db.WithContext(ctx).Model(&models.Project{}).Where("owner_id = ?", ownerID)
	if filter.Status != "" {
		query = query.Where("status = ?", filter.Status)
	}
	if filter.Search != "" {
		pattern := contains(filter.Search)
		query = query.Where(`(LOWER(name) LIKE ? ESCAPE '\' OR LOWER(description) LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	order, ok := projectOrders[filter.Sort]
	if !ok {
		order = projectOrders["-created_at"]
	}

	page := Page[models.Project]{Items: []models.Project{}}
	if err := query.Count(&page.Total).Error; err != nil {
		return page, translate(err)
	}
	err := query.Order(order).Offset((filter.Page - 1) * filter.Limit).Limit(filter.Limit).Find(&page.Items).Error
	return page, translate(err)
}

// Get returns one of the owner's projects.
func (s *ProjectService) Get(ctx context.Context, ownerID, id uuid.UUID) (*models.Project, error) {
	var project models.Project
	if err := s.db.WithContext(ctx).First(&project, "id = ? AND owner_id = ?", id, ownerID).Error; err != nil {
		return nil, translate(err)
	}
	return &project, nil
}

// Create stores a new project; project.OwnerID says whose it is.
func (s *ProjectService) Create(ctx context.Context, project *models.Project) error {
	return translateProject(s.db.WithContext(ctx).Create(project).Error)
}

// Update changes one of the owner's projects.
func (s *ProjectService) Update(ctx context.Context, ownerID, id uuid.UUID, changes ProjectChanges) (*models.Project, error) {
	project, err := s.Get(ctx, ownerID, id)
	if err != nil {
		return nil, err
	}
	if changes.TagID != nil {
		project.TagID = changes.TagID
	}
	if changes.Name != nil {
		project.Name = *changes.Name
	}
	if changes.Description != nil {
		project.Description = *changes.Description
	}
	if changes.Status != nil {
		project.Status = *changes.Status
	}
	if err := s.db.WithContext(ctx).Save(project).Error; err != nil {
		return nil, translateProject(err)
	}
	return project, nil
}

// Delete removes one of the owner's projects.
func (s *ProjectService) Delete(ctx context.Context, ownerID, id uuid.UUID) error {
	result := s.db.WithContext(ctx).Delete(&models.Project{}, "id = ? AND owner_id = ?", id, ownerID)
	if result.Error != nil {
		return result.Error
	}
	if result.RowsAffected == 0 {
		return ErrNotFound
	}
	return nil
}

func translateProject(err error) error {
	if errors.Is(err, gorm.ErrForeignKeyViolated) {
		return ErrUnknownTag
	}
	return translate(err)
}
