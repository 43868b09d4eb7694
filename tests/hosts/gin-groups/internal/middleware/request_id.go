package middleware

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

const (
	requestIDHeader = "X-Request-ID"
	requestIDKey    = "request_id"
)

// RequestID takes over the caller's request id if it is a UUID, or makes one.
func RequestID() gin.HandlerFunc {
	return func(c *gin.Context) {
		id, err := uuid.Parse(c.GetHeader(requestIDHeader))
		if err != nil {
			id = uuid.New()
		}
		c.Set(requestIDKey, id.String())
		c.Header(requestIDHeader, id.String())
		c.Next()
	}
}

// Logger returns the logger that names the request in every line.
func Logger(c *gin.Context) *slog.Logger {
	return slog.Default().With(requestIDKey, c.GetString(requestIDKey))
}

// AccessLog writes one line for each request.
func AccessLog() gin.HandlerFunc {
	return func(c *gin.Context) {
		start := time.Now()
		c.Next()
		Logger(c).Info("request",
			"method", c.Request.Method,
			"path", c.Request.URL.Path,
			"status", c.Writer.Status(),
			"duration", time.Since(start),
		)
	}
}

// Recover turns a panic into a plain 500.
func Recover() gin.HandlerFunc {
	return gin.CustomRecovery(func(c *gin.Context, reason any) {
		Logger(c).Error("panic", "reason", reason)
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": "internal server error"})
	})
}
