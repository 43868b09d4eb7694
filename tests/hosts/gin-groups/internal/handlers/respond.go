// Package handlers translates between HTTP and the services.
package handlers

import (
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
	"github.com/google/uuid"

	"example.com/worklog/internal/middleware"
	"example.com/worklog/internal/services"
)

// ErrorResponse is the body of every failure.
type ErrorResponse struct {
	Error  string            `json:"error"`
	Fields map[string]string `json:"fields,omitempty"`
}

// PageResponse is the body of every list.
type PageResponse[T any] struct {
	Items []T   `json:"items"`
	Page  int   `json:"page"`
	Limit int   `json:"limit"`
	Total int64 `json:"total"`
	Pages int64 `json:"pages"`
}

// PageQuery are the parameters of every list.
type PageQuery struct {
	Page  int `form:"page,default=1" binding:"min=1,max=1000000"`
	Limit int `form:"limit,default=20" binding:"min=1,max=100"`
}

// Validation messages name fields as the client spells them.
func init() {
	if validate, ok := binding.Validator.Engine().(*validator.Validate); ok {
		validate.RegisterTagNameFunc(func(field reflect.StructField) string {
			for _, key := range []string{"json", "form"} {
				if name, _, _ := strings.Cut(field.Tag.Get(key), ","); name != "" {
					return name
				}
			}
			return field.Name
		})
	}
}

func respondPage[T any](c *gin.Context, query PageQuery, page services.Page[T]) {
	limit := int64(query.Limit)
	c.JSON(http.StatusOK, PageResponse[T]{
		Items: page.Items,
		Page:  query.Page,
		Limit: query.Limit,
		Total: page.Total,
		Pages: (page.Total + limit - 1) / limit,
	})
}

// respondInvalid answers a request that did not bind.
func respondInvalid(c *gin.Context, err error) {
	var invalid validator.ValidationErrors
	if !errors.As(err, &invalid) {
		c.JSON(http.StatusBadRequest, ErrorResponse{Error: "malformed request"})
		return
	}
	fields := make(map[string]string, len(invalid))
	for _, field := range invalid {
		fields[field.Field()] = strings.TrimSuffix("must satisfy "+field.Tag()+"="+field.Param(), "=")
	}
	c.JSON(http.StatusBadRequest, ErrorResponse{Error: "validation failed", Fields: fields})
}

// respondError answers what a service returned; the unexpected is only logged.
func respondError(c *gin.Context, err error) {
	switch {
	case errors.Is(err, services.ErrNotFound):
		c.JSON(http.StatusNotFound, ErrorResponse{Error: err.Error()})
	case errors.Is(err, services.ErrConflict), errors.Is(err, services.ErrInUse):
		c.JSON(http.StatusConflict, ErrorResponse{Error: err.Error()})
	case errors.Is(err, services.ErrInvalidValue):
		c.JSON(http.StatusBadRequest, ErrorResponse{Error: err.Error()})
	case errors.Is(err, services.ErrUnknownTag):
		c.JSON(http.StatusBadRequest, ErrorResponse{Error: "validation failed", Fields: map[string]string{"tag_id": err.Error()}})
	case errors.Is(err, services.ErrInvalidCredentials):
		c.JSON(http.StatusUnauthorized, ErrorResponse{Error: err.Error()})
	default:
		middleware.Logger(c).Error("request failed", "error", err)
		c.JSON(http.StatusInternalServerError, ErrorResponse{Error: "internal server error"})
	}
}

// pathID reads the id in the path; what is no id can't be found.
func pathID(c *gin.Context) (uuid.UUID, bool) {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		respondError(c, services.ErrNotFound)
		return uuid.Nil, false
	}
	return id, true
}
