package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"

	"example.com/shop/common"
	"example.com/shop/orders"
	"example.com/shop/products"
)

func requireKey(c *gin.Context) {
	if c.GetHeader("Authorization") != "Bearer secret" {
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": "unauthorized"})
		return
	}
	c.Next()
}

func main() {
	db := common.Init()
	if err := db.AutoMigrate(&products.Product{}, &orders.Order{}); err != nil {
		log.Fatal(err)
	}

	r := gin.New()
	r.Use(gin.Recovery())

	public := r.Group("/api")
	orders.Register(public.Group("/orders"))

	protected := r.Group("/api")
	protected.Use(requireKey)
	products.Register(protected.Group("/products"))

	r.NoRoute(func(c *gin.Context) {
		c.JSON(http.StatusNotFound, gin.H{"error": "no such page"})
	})
	log.Fatal(r.Run(":8080"))
}
