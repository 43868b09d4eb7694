package main

import (
	"log"
	"os"

	"github.com/gin-gonic/gin"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"

	"example.net/tickets/handlers"
	"example.net/tickets/models"
	"example.net/tickets/repositories"
	"example.net/tickets/services"
)

func main() {
	db, err := gorm.Open(mysql.Open(os.Getenv("DSN")), &gorm.Config{TranslateError: true})
	if err != nil {
		log.Fatal(err)
	}
	if err := db.AutoMigrate(&models.Event{}); err != nil {
		log.Fatal(err)
	}

	eventRepo := repositories.NewEventRepository(db)
	eventService := services.NewEventService(eventRepo)
	eventHandler := handlers.NewEventHandler(eventService)

	r := gin.Default()
	api := r.Group("/api/v1")
	{
		events := api.Group("/events")
		{
			events.GET("", eventHandler.List)
			events.POST("", eventHandler.Create)
			events.GET("/:id", eventHandler.Get)
			events.PUT("/:id", eventHandler.Update)
			events.DELETE("/:id", eventHandler.Delete)
		}
	}
	log.Fatal(r.Run())
}
