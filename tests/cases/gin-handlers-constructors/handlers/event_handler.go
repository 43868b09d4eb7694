package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.net/tickets/models"
	"example.net/tickets/services"
)

// EventHandler answers for events.
type EventHandler struct {
	service *services.EventService
}

// NewEventHandler returns a handler over a service.
func NewEventHandler(service *services.EventService) *EventHandler {
	return &EventHandler{service: service}
}

type eventBody struct {
	Title string `json:"title" binding:"required,max=200"`
}

// List answers with all events.
func (h *EventHandler) List(c *gin.Context) {
	events, err := h.service.List()
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "something went wrong"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"data": events})
}

// Create keeps a new event.
func (h *EventHandler) Create(c *gin.Context) {
	var body eventBody
	if err := c.ShouldBindJSON(&body); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	event := models.Event{Title: body.Title}
	if err := h.service.Create(&event); err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "something went wrong"})
		return
	}
	c.JSON(http.StatusCreated, gin.H{"data": event})
}

// Get answers with an event.
func (h *EventHandler) Get(c *gin.Context) {
	if event := h.find(c); event != nil {
		c.JSON(http.StatusOK, gin.H{"data": event})
	}
}

// Update changes an event.
func (h *EventHandler) Update(c *gin.Context) {
	event := h.find(c)
	if event == nil {
		return
	}
	var body eventBody
	if err := c.ShouldBindJSON(&body); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	event.Title = body.Title
	if err := h.service.Update(event); err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "something went wrong"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"data": event})
}

// Delete removes an event.
func (h *EventHandler) Delete(c *gin.Context) {
	event := h.find(c)
	if event == nil {
		return
	}
	if err := h.service.Delete(event); err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "something went wrong"})
		return
	}
	c.Status(http.StatusNoContent)
}

func (h *EventHandler) find(c *gin.Context) *models.Event {
	id, err := strconv.ParseUint(c.Param("id"), 10, 64)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "bad id"})
		return nil
	}
	event, err := h.service.Get(uint(id))
	if errors.Is(err, gorm.ErrRecordNotFound) {
		c.JSON(http.StatusNotFound, gin.H{"error": "event not found"})
		return nil
	}
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "something went wrong"})
		return nil
	}
	return event
}
