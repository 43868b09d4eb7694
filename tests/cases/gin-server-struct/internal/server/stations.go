package server

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"gorm.io/gorm"

	"example.org/telemetry/internal/model"
)

type stationInput struct {
	Name string `json:"name" binding:"required,max=80"`
}

func (s *Server) listStations(c *gin.Context) {
	stations := []model.Station{}
	if err := s.db.WithContext(c).Order("name").Find(&stations).Error; err != nil {
		fail(c, http.StatusInternalServerError, "internal error")
		return
	}
	c.JSON(http.StatusOK, stations)
}

func (s *Server) createStation(c *gin.Context) {
	var input stationInput
	if err := c.ShouldBindJSON(&input); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	station := model.Station{Name: input.Name}
	err := s.db.WithContext(c).Create(&station).Error
	switch {
	case errors.Is(err, gorm.ErrDuplicatedKey):
		fail(c, http.StatusConflict, "the name is taken")
	case err != nil:
		fail(c, http.StatusInternalServerError, "internal error")
	default:
		c.JSON(http.StatusCreated, station)
	}
}

func (s *Server) getStation(c *gin.Context) {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		fail(c, http.StatusNotFound, "station not found")
		return
	}
	var station model.Station
	if err := s.db.WithContext(c).First(&station, "id = ?", id).Error; err != nil {
		fail(c, http.StatusNotFound, "station not found")
		return
	}
	c.JSON(http.StatusOK, station)
}

func (s *Server) deleteStation(c *gin.Context) {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		fail(c, http.StatusNotFound, "station not found")
		return
	}
	if err := s.db.WithContext(c).Delete(&model.Station{}, "id = ?", id).Error; err != nil {
		fail(c, http.StatusInternalServerError, "internal error")
		return
	}
	c.Status(http.StatusNoContent)
}
