package main

import "github.com/gin-gonic/gin"

func main() {
	engine := gin.New()
	engine.GET("/healthz", func(c *gin.Context) { c.Status(200) })
	_ = engine.Run(":9000")
}
