package routes

import (
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

func SetupRouter(db *gorm.DB) *gin.Engine {
	router := gin.Default()
	api := router.Group("/api")

	ticketRoutes(api, db)
	commentRoutes(api, db)

	router.NoRoute(func(c *gin.Context) {
		c.File("./dist/index.html")
	})
	return router
}
