package router

import (
	"github.com/gin-gonic/gin"

	"example.com/worklog/internal/handlers"
	"example.com/worklog/internal/services"
)

// RegisterProjectRoutes adds the projects; rg must require authentication.
func RegisterProjectRoutes(rg *gin.RouterGroup, projects *services.ProjectService) {
	group := rg.Group("/projects")
	group.GET("", handlers.ListProjects(projects))
	group.POST("", handlers.CreateProject(projects))
	group.GET("/:id", handlers.GetProject(projects))
	group.PUT("/:id", handlers.UpdateProject(projects))
	group.DELETE("/:id", handlers.DeleteProject(projects))
}
