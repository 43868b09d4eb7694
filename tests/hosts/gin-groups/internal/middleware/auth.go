// Package middleware holds what runs around the handlers.
package middleware

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.com/worklog/internal/services"
)

const accountIDKey = "account_id"

// RequireAuth lets only requests with a valid bearer token through.
func RequireAuth(tokens *services.TokenService) gin.HandlerFunc {
	return func(c *gin.Context) {
		scheme, token, _ := strings.Cut(c.GetHeader("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			unauthorized(c)
			return
		}
		accountID, err := tokens.Verify(token)
		if err != nil {
			unauthorized(c)
			return
		}
		c.Set(accountIDKey, accountID)
		c.Next()
	}
}

// AccountID returns the account that RequireAuth found.
func AccountID(c *gin.Context) uuid.UUID {
	return c.MustGet(accountIDKey).(uuid.UUID)
}

func unauthorized(c *gin.Context) {
	c.Header("WWW-Authenticate", "Bearer")
	c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": "authentication required"})
}
