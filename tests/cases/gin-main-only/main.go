package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type song struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

var songs = []song{
	{ID: "1", Title: "Blue Train"},
}

func main() {
	router := gin.Default()
	router.GET("/songs", getSongs)
	router.GET("/songs/:id", getSongByID)
	router.POST("/songs", postSongs)

	router.Run("localhost:8080")
}

func getSongs(c *gin.Context) {
	c.IndentedJSON(http.StatusOK, songs)
}

func postSongs(c *gin.Context) {
	var added song
	if err := c.BindJSON(&added); err != nil {
		return
	}
	songs = append(songs, added)
	c.IndentedJSON(http.StatusCreated, added)
}

func getSongByID(c *gin.Context) {
	for _, one := range songs {
		if one.ID == c.Param("id") {
			c.IndentedJSON(http.StatusOK, one)
			return
		}
	}
	c.IndentedJSON(http.StatusNotFound, gin.H{"message": "song not found"})
}
