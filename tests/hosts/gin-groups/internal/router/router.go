// Package router wires the services to their URLs.
package router

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.com/worklog/internal/middleware"
	"example.com/worklog/internal/services"
)

// New returns the engine with every route of the application.
func New(db *gorm.DB, tokens *services.TokenService) *gin.Engine {
	engine := gin.New()
	engine.Use(middleware.RequestID(), middleware.AccessLog(), middleware.Recover())
	engine.GET("/healthz", func(c *gin.Context) {
		c.JSON(http.StatusOK, gin.H{"status": "ok"})
	})

	accounts := services.NewAccountService(db)
	projects := services.NewProjectService(db)
	tags := services.NewTagService(db)

	v1 := engine.Group("/api/v1")

	public := v1.Group("")
	RegisterAuthRoutes(public, accounts, tokens)
	RegisterPublicTagRoutes(public, tags)

	protected := v1.Group("")
	protected.Use(middleware.RequireAuth(tokens))
	RegisterProjectRoutes(protected, projects)
	RegisterTagRoutes(protected, tags)

	return engine
}
