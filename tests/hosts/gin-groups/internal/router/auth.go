package router

import (
	"github.com/gin-gonic/gin"

	"example.com/worklog/internal/handlers"
	"example.com/worklog/internal/services"
)

// RegisterAuthRoutes adds what one needs to get a token.
func RegisterAuthRoutes(rg *gin.RouterGroup, accounts *services.AccountService, tokens *services.TokenService) {
	auth := rg.Group("/auth")
	auth.POST("/register", handlers.Register(accounts))
	auth.POST("/login", handlers.Login(accounts, tokens))
}
