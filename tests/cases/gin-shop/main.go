package main

import (
	"log"

	"github.com/gin-gonic/gin"

	"example.com/shop/common"
	"example.com/shop/orders"
	"example.com/shop/products"
)

func main() {
	db := common.Init()
	if err := db.AutoMigrate(&products.Product{}, &orders.Order{}); err != nil {
		log.Fatal(err)
	}

	r := gin.Default()
	v1 := r.Group("/api")
	products.Register(v1.Group("/products"))
	orders.Register(v1.Group("/orders"))

	r.GET("/ping", func(c *gin.Context) {
		c.JSON(200, gin.H{"message": "pong"})
	})
	log.Fatal(r.Run())
}
