package main

import (
	"log"

	"github.com/gin-gonic/gin"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"example.com/accounts/config"
	"example.com/accounts/internal/controller"
	"example.com/accounts/internal/model"
	"example.com/accounts/internal/repository"
	"example.com/accounts/internal/service"
)

func main() {
	settings := config.Load()
	dsn := "host=" + settings.Host + " user=" + settings.User
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{TranslateError: true})
	if err != nil {
		log.Fatal(err)
	}
	if err := db.AutoMigrate(&model.User{}); err != nil {
		log.Fatal(err)
	}

	r := gin.Default()
	registerRoutes(r.Group("/api"), db)
	log.Fatal(r.Run())
}

func registerRoutes(api *gin.RouterGroup, db *gorm.DB) {
	userRepo := repository.NewUserRepository(db)
	userService := service.NewUserService(userRepo)
	userController := controller.NewUserController(userService)

	userController.Register(api)
}
