package server

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

// Server answers over HTTP.
type Server struct {
	db     *gorm.DB
	router *gin.Engine
}

// New returns a server over an open database.
func New(db *gorm.DB) *Server {
	s := &Server{db: db, router: gin.New()}
	s.router.Use(gin.Recovery())
	s.setupRoutes()
	return s
}

// Run serves until it fails.
func (s *Server) Run(address string) error {
	return s.router.Run(address)
}

func (s *Server) setupRoutes() {
	s.router.GET("/healthz", func(c *gin.Context) { c.Status(http.StatusOK) })

	v1 := s.router.Group("/v1")
	{
		v1.GET("/stations", s.listStations)
		v1.POST("/stations", s.createStation)
		v1.GET("/stations/:id", s.getStation)
		v1.DELETE("/stations/:id", s.deleteStation)
	}
}

func fail(c *gin.Context, status int, message string) {
	c.AbortWithStatusJSON(status, gin.H{"message": message})
}
