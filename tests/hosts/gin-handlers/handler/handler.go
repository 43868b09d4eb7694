// Package handler answers the requests.
package handler

import (
	"reflect"
	"strings"

	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
)

// window is the part of a list that a client asks for.
type window struct {
	Offset int `form:"offset" binding:"min=0,max=1000000000"`
	Limit  int `form:"limit,default=25" binding:"min=1,max=100"`
}

func init() {
	binding.Validator.Engine().(*validator.Validate).RegisterTagNameFunc(func(field reflect.StructField) string {
		name, _, _ := strings.Cut(field.Tag.Get("json")+field.Tag.Get("form"), ",")
		return name
	})
}

// like makes the pattern that finds text anywhere.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
