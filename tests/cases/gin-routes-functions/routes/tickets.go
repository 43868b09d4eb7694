package routes

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"github.com/acme/board/models"
)

type ticketInput struct {
	Title string `json:"title" binding:"required"`
	Done  bool   `json:"done"`
}

func ticketRoutes(rg *gin.RouterGroup, db *gorm.DB) {
	tickets := rg.Group("/tickets")
	tickets.GET("/", listTickets(db))
	tickets.POST("/", createTicket(db))
	tickets.GET("/:id", getTicket(db))
	tickets.DELETE("/:id", deleteTicket(db))
}

func listTickets(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var found []models.Ticket
		db.Find(&found)
		c.JSON(http.StatusOK, found)
	}
}

func createTicket(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var input ticketInput
		if err := c.ShouldBindJSON(&input); err != nil {
			c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
			return
		}
		ticket := models.Ticket{Title: input.Title, Done: input.Done}
		db.Create(&ticket)
		c.JSON(http.StatusCreated, ticket)
	}
}

func getTicket(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var ticket models.Ticket
		if err := db.First(&ticket, c.Param("id")).Error; err != nil {
			c.JSON(http.StatusNotFound, gin.H{"error": "Ticket not found"})
			return
		}
		c.JSON(http.StatusOK, ticket)
	}
}

func deleteTicket(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := db.Delete(&models.Ticket{}, c.Param("id")).Error; err != nil {
			c.JSON(http.StatusNotFound, gin.H{"error": "Ticket not found"})
			return
		}
		c.Status(http.StatusNoContent)
	}
}
