package controllers

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.com/meetups/models"
)

// MeetupController answers for meetups.
type MeetupController struct {
	DB *gorm.DB
}

// NewMeetupController returns one over a database.
func NewMeetupController(db *gorm.DB) MeetupController {
	return MeetupController{db}
}

// FindMeetups answers with all meetups.
func (mc *MeetupController) FindMeetups(ctx *gin.Context) {
	var meetups []models.Meetup
	if err := mc.DB.Find(&meetups).Error; err != nil {
		ctx.JSON(http.StatusBadGateway, gin.H{"status": "error", "message": "no meetups"})
		return
	}
	ctx.JSON(http.StatusOK, gin.H{"status": "success", "results": len(meetups), "data": meetups})
}

// CreateMeetup keeps a new meetup.
func (mc *MeetupController) CreateMeetup(ctx *gin.Context) {
	var payload struct {
		Title string `json:"title" binding:"required"`
	}
	if err := ctx.ShouldBindJSON(&payload); err != nil {
		ctx.JSON(http.StatusBadRequest, gin.H{"status": "fail", "message": err.Error()})
		return
	}
	meetup := models.Meetup{Title: payload.Title}
	if err := mc.DB.Create(&meetup).Error; err != nil {
		ctx.JSON(http.StatusBadGateway, gin.H{"status": "error", "message": "not created"})
		return
	}
	ctx.JSON(http.StatusCreated, gin.H{"status": "success", "data": meetup})
}

// FindMeetupByID answers with one meetup.
func (mc *MeetupController) FindMeetupByID(ctx *gin.Context) {
	var meetup models.Meetup
	if err := mc.DB.First(&meetup, "id = ?", ctx.Param("meetupId")).Error; err != nil {
		ctx.JSON(http.StatusNotFound, gin.H{"status": "fail", "message": "No meetup with that id"})
		return
	}
	ctx.JSON(http.StatusOK, gin.H{"status": "success", "data": meetup})
}
