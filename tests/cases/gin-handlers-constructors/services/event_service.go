package services

import (
	"example.net/tickets/models"
	"example.net/tickets/repositories"
)

// EventService holds the rules of events.
type EventService struct {
	repo repositories.EventRepository
}

// NewEventService returns a service over a repository.
func NewEventService(repo repositories.EventRepository) *EventService {
	return &EventService{repo: repo}
}

// List returns all events.
func (s *EventService) List() ([]models.Event, error) {
	return s.repo.FindAll()
}

// Get returns an event.
func (s *EventService) Get(id uint) (*models.Event, error) {
	return s.repo.FindByID(id)
}

// Create keeps a new event.
func (s *EventService) Create(event *models.Event) error {
	return s.repo.Create(event)
}

// Update changes an event.
func (s *EventService) Update(event *models.Event) error {
	return s.repo.Update(event)
}

// Delete removes an event.
func (s *EventService) Delete(event *models.Event) error {
	return s.repo.Delete(event)
}
