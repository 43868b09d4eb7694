package main

import (
	"github.com/gin-gonic/gin"
	"github.com/jinzhu/gorm"
)

type Page struct {
	gorm.Model
	Title string
}

func main() {
	r := gin.Default()
	r.GET("/pages", func(c *gin.Context) { c.JSON(200, []Page{}) })
	r.Run()
}
