package router

import (
	"github.com/gin-gonic/gin"

	"example.com/worklog/internal/handlers"
	"example.com/worklog/internal/services"
)

// RegisterPublicTagRoutes adds what everybody may do with tags.
func RegisterPublicTagRoutes(rg *gin.RouterGroup, tags *services.TagService) {
	rg.GET("/tags", handlers.ListTags(tags))
}

// RegisterTagRoutes adds what changes tags; rg must require authentication.
func RegisterTagRoutes(rg *gin.RouterGroup, tags *services.TagService) {
	group := rg.Group("/tags")
	group.POST("", handlers.CreateTag(tags))
	group.DELETE("/:id", handlers.DeleteTag(tags))
}
