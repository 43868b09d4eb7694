package repositories

import (
	"gorm.io/gorm"

	"example.net/tickets/models"
)

// EventRepository keeps events.
type EventRepository interface {
	FindAll() ([]models.Event, error)
	FindByID(id uint) (*models.Event, error)
	Create(event *models.Event) error
	Update(event *models.Event) error
	Delete(event *models.Event) error
}

type eventRepository struct {
	db *gorm.DB
}

// NewEventRepository returns a repository over a database.
func NewEventRepository(db *gorm.DB) EventRepository {
	return &eventRepository{db: db}
}

func (r *eventRepository) FindAll() ([]models.Event, error) {
	var events []models.Event
	err := r.db.Find(&events).Error
	return events, err
}

func (r *eventRepository) FindByID(id uint) (*models.Event, error) {
	var event models.Event
	if err := r.db.First(&event, id).Error; err != nil {
		return nil, err
	}
	return &event, nil
}

func (r *eventRepository) Create(event *models.Event) error {
	return r.db.Create(event).Error
}

func (r *eventRepository) Update(event *models.Event) error {
	return r.db.Save(event).Error
}

func (r *eventRepository) Delete(event *models.Event) error {
	return r.db.Delete(event).Error
}
