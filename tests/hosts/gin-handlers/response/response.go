// Package response writes the bodies that every handler answers with.
package response

import (
	"errors"
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-playground/validator/v10"
	"gorm.io/gorm"
)

// Meta says which part of a list was sent.
type Meta struct {
	Total  int64 `json:"total"`
	Offset int   `json:"offset"`
	Limit  int   `json:"limit"`
}

// Problem is one thing that is wrong with a request.
type Problem struct {
	Code    string            `json:"code"`
	Message string            `json:"message"`
	Details map[string]string `json:"details,omitempty"`
}

// OK answers with one resource.
func OK(c *gin.Context, data any) {
	c.JSON(http.StatusOK, gin.H{"data": data})
}

// List answers with a part of a list.
func List(c *gin.Context, data any, meta Meta) {
	c.JSON(http.StatusOK, gin.H{"data": data, "meta": meta})
}

// Fail ends the request with a problem.
func Fail(c *gin.Context, status int, code, message string) {
	c.AbortWithStatusJSON(status, gin.H{"error": Problem{Code: code, Message: message}})
}

// Invalid ends a request whose input did not bind.
func Invalid(c *gin.Context, err error) {
	var fields validator.ValidationErrors
	if !errors.As(err, &fields) {
		Fail(c, http.StatusUnprocessableEntity, "MALFORMED", "The request could not be read.")
		return
	}
	details := map[string]string{}
	for _, field := range fields {
		details[field.Field()] = "failed on " + field.ActualTag()
	}
	InvalidFields(c, details)
}

// InvalidFields ends a request in which these fields are wrong.
func InvalidFields(c *gin.Context, details map[string]string) {
	c.AbortWithStatusJSON(http.StatusUnprocessableEntity, gin.H{
		"error": Problem{Code: "INVALID", Message: "Some fields are not valid.", Details: details},
	})
}

// Error ends the request with what the database's error means to the client.
func Error(c *gin.Context, err error) {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		Fail(c, http.StatusNotFound, "NOT_FOUND", "There is no such thing.")
	case errors.Is(err, gorm.ErrDuplicatedKey):
		Fail(c, http.StatusConflict, "DUPLICATE", "This value is taken.")
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		Fail(c, http.StatusConflict, "IN_USE", "Something else refers to it.")
	default:
		log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
		Fail(c, http.StatusInternalServerError, "INTERNAL", "Something went wrong.")
	}
}
