package server

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.org/library/handler"
	"example.org/library/response"
)

func (s *Server) routes() {
	authors := handler.NewAuthorHandler(s.db)
	books := handler.NewBookHandler(s.db)

	s.engine.GET("/ping", func(c *gin.Context) { response.OK(c, "pong") })

	v2 := s.engine.Group("/v2", s.requireKey)

	v2.GET("/authors", authors.List)
	v2.POST("/authors", authors.Create)
	v2.DELETE("/authors/:authorId", authors.Delete)

	v2.GET("/books", books.List)
	v2.POST("/books", books.Create)
	v2.GET("/books/:bookId", books.Get)
	v2.PUT("/books/:bookId", books.Update)
	v2.DELETE("/books/:bookId", books.Delete)

	s.engine.NoRoute(func(c *gin.Context) {
		response.Fail(c, http.StatusNotFound, "NO_ROUTE", "Nothing lives at this address.")
	})
}
