package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// Ping tells that the service is there.
func Ping(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"message": "pong"})
}
