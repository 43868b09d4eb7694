package router

import (
	"github.com/gin-gonic/gin"

	"example.com/pkgs/internal/handlers"
)

// New returns the engine with all routes.
func New() *gin.Engine {
	r := gin.New()
	r.Use(gin.Logger(), gin.Recovery())

	api := r.Group("/api/v1")
	{
		api.GET("/ping", handlers.Ping)
	}
	return r
}
