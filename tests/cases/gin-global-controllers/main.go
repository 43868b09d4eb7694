package main

import (
	"log"

	"github.com/gin-gonic/gin"

	"example.com/meetups/controllers"
	"example.com/meetups/initializers"
	"example.com/meetups/models"
	"example.com/meetups/routes"
)

var (
	server *gin.Engine

	MeetupController      controllers.MeetupController
	MeetupRouteController routes.MeetupRouteController
)

func init() {
	initializers.ConnectDB()
	if err := initializers.DB.AutoMigrate(&models.Meetup{}); err != nil {
		log.Fatal(err)
	}

	MeetupController = controllers.NewMeetupController(initializers.DB)
	MeetupRouteController = routes.NewMeetupRouteController(MeetupController)

	server = gin.Default()
}

func main() {
	router := server.Group("/api")
	MeetupRouteController.MeetupRoute(router)
	log.Fatal(server.Run(":8000"))
}
