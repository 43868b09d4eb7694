// Meetups keeps venues and the events that take place there.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

var db *gorm.DB

type Venue struct {
	ID        uint      `gorm:"primaryKey" json:"id"`
	Name      string    `gorm:"uniqueIndex;not null" json:"name"`
	Capacity  int       `gorm:"not null" json:"capacity"`
	CreatedAt time.Time `json:"created_at"`
}

type Event struct {
	ID        uint      `gorm:"primaryKey" json:"id"`
	VenueID   uint      `gorm:"index;not null" json:"venue_id"`
	Venue     *Venue    `json:"venue,omitempty"`
	Title     string    `gorm:"not null" json:"title"`
	StartsAt  time.Time `gorm:"not null" json:"starts_at"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

type VenueInput struct {
	Name     string `json:"name" binding:"required,max=100"`
	Capacity int    `json:"capacity" binding:"required,min=1"`
}

type EventInput struct {
	VenueID  uint      `json:"venue_id" binding:"required"`
	Title    string    `json:"title" binding:"required,max=200"`
	StartsAt time.Time `json:"starts_at" binding:"required"`
}

func openDB(path string) error {
	var err error
	db, err = gorm.Open(sqlite.Open(path+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)"), &gorm.Config{TranslateError: true})
	if err != nil {
		return err
	}
	return db.AutoMigrate(&Venue{}, &Event{})
}

func setupRouter() *gin.Engine {
	r := gin.Default()

	r.GET("/health", func(c *gin.Context) {
		c.JSON(http.StatusOK, gin.H{"status": "ok"})
	})

	api := r.Group("/api")
	{
		api.GET("/venues", listVenues)
		api.POST("/venues", createVenue)

		api.GET("/events", listEvents)
		api.POST("/events", createEvent)
		api.GET("/events/:id", getEvent)
		api.PUT("/events/:id", updateEvent)
		api.DELETE("/events/:id", deleteEvent)
	}

	return r
}

func listVenues(c *gin.Context) {
	venues := []Venue{}
	if err := db.Order("name").Find(&venues).Error; err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, venues)
}

func createVenue(c *gin.Context) {
	var input VenueInput
	if err := c.ShouldBindJSON(&input); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	venue := Venue{Name: input.Name, Capacity: input.Capacity}
	if err := db.Create(&venue).Error; err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusCreated, venue)
}

func listEvents(c *gin.Context) {
	events := []Event{}
	if err := db.Preload("Venue").Order("starts_at").Find(&events).Error; err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, events)
}

func createEvent(c *gin.Context) {
	var input EventInput
	if err := c.ShouldBindJSON(&input); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	event := Event{VenueID: input.VenueID, Title: input.Title, StartsAt: input.StartsAt.UTC()}
	if err := db.Create(&event).Error; err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusCreated, event)
}

func getEvent(c *gin.Context) {
	var event Event
	if err := db.Preload("Venue").First(&event, "id = ?", c.Param("id")).Error; err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, event)
}

func updateEvent(c *gin.Context) {
	var event Event
	if err := db.First(&event, "id = ?", c.Param("id")).Error; err != nil {
		fail(c, err)
		return
	}
	var input EventInput
	if err := c.ShouldBindJSON(&input); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	event.VenueID, event.Title, event.StartsAt = input.VenueID, input.Title, input.StartsAt.UTC()
	if err := db.Save(&event).Error; err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, event)
}

func deleteEvent(c *gin.Context) {
	result := db.Delete(&Event{}, "id = ?", c.Param("id"))
	if result.Error == nil && result.RowsAffected == 0 {
		result.Error = gorm.ErrRecordNotFound
	}
	if result.Error != nil {
		fail(c, result.Error)
		return
	}
	c.Status(http.StatusNoContent)
}

func fail(c *gin.Context, err error) {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		c.JSON(http.StatusNotFound, gin.H{"error": "not found"})
	case errors.Is(err, gorm.ErrDuplicatedKey):
		c.JSON(http.StatusConflict, gin.H{"error": "already exists"})
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		c.JSON(http.StatusBadRequest, gin.H{"error": "no such venue"})
	default:
		log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal server error"})
	}
}

func main() {
	routes := flag.Bool("routes", false, "print the routes and exit")
	flag.Parse()
	if *routes {
		gin.SetMode(gin.ReleaseMode)
		for _, route := range setupRouter().Routes() {
			fmt.Println(route.Method, route.Path)
		}
		return
	}

	path := os.Getenv("DB_PATH")
	if path == "" {
		path = "meetups.db"
	}
	if err := openDB(path); err != nil {
		log.Fatal(err)
	}
	// Run listens on $PORT, or 8080.
	if err := setupRouter().Run(); err != nil {
		log.Fatal(err)
	}
}
