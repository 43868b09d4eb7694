package api

import "github.com/gin-gonic/gin"

// Problem is how failures are told.
type Problem struct {
	Error string `json:"error"`
}

func problem(c *gin.Context, status int, text string) {
	c.JSON(status, Problem{Error: text})
}
