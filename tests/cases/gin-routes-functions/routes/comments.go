package routes

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"github.com/acme/board/models"
)

func commentRoutes(rg *gin.RouterGroup, db *gorm.DB) {
	comments := rg.Group("/comments")
	comments.GET("/", func(c *gin.Context) {
		var found []models.Comment
		db.Find(&found)
		c.JSON(http.StatusOK, found)
	})
}
