package main

import "github.com/gin-gonic/gin"

func main() {
	r := gin.New()
	r.GET("/healthz", func(c *gin.Context) { c.Status(200) })
	_ = r.Run()
}
