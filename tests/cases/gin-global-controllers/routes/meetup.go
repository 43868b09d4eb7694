package routes

import (
	"github.com/gin-gonic/gin"

	"example.com/meetups/controllers"
)

// MeetupRouteController lists the routes of meetups.
type MeetupRouteController struct {
	meetupController controllers.MeetupController
}

// NewMeetupRouteController returns one over a controller.
func NewMeetupRouteController(meetupController controllers.MeetupController) MeetupRouteController {
	return MeetupRouteController{meetupController}
}

// MeetupRoute adds the routes.
func (rc *MeetupRouteController) MeetupRoute(rg *gin.RouterGroup) {
	router := rg.Group("/meetups")
	router.GET("", rc.meetupController.FindMeetups)
	router.POST("", rc.meetupController.CreateMeetup)
	router.GET("/:meetupId", rc.meetupController.FindMeetupByID)
}
