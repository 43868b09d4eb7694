// Package server puts the library on the network.
package server

import (
	"crypto/sha256"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.org/library/response"
)

// Server is the library's API.
type Server struct {
	db      *gorm.DB
	engine  *gin.Engine
	clients map[[sha256.Size]byte]string
}

// New returns a server for the clients in keys, a list of name:key with commas between.
func New(db *gorm.DB, keys string) *Server {
	s := &Server{db: db, engine: gin.New(), clients: map[[sha256.Size]byte]string{}}
	for entry := range strings.SplitSeq(keys, ",") {
		if name, key, ok := strings.Cut(entry, ":"); ok && key != "" {
			s.clients[sha256.Sum256([]byte(key))] = name
		}
	}
	s.engine.Use(gin.LoggerWithConfig(gin.LoggerConfig{SkipPaths: []string{"/ping"}}), gin.Recovery())
	s.routes()
	return s
}

// ServeHTTP makes the server an http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.engine.ServeHTTP(w, r)
}

// Routes lists what the server answers.
func (s *Server) Routes() gin.RoutesInfo {
	return s.engine.Routes()
}

// requireKey turns away requests without the key of a client.
func (s *Server) requireKey(c *gin.Context) {
	client, ok := s.clients[sha256.Sum256([]byte(c.GetHeader("X-API-Key")))]
	if !ok {
		response.Fail(c, http.StatusUnauthorized, "UNAUTHORIZED", "A valid X-API-Key header is needed.")
		return
	}
	c.Set("client", client)
	c.Next()
}
