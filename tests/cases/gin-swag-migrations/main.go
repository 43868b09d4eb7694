package main

import (
	"errors"
	"log"
	"os"

	"github.com/gin-gonic/gin"
	"github.com/golang-migrate/migrate/v4"
	_ "github.com/golang-migrate/migrate/v4/database/postgres"
	_ "github.com/golang-migrate/migrate/v4/source/file"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"example.com/depot/api"
)

// @title     Depot
// @version   1.0
// @BasePath  /api/v1
func main() {
	url := os.Getenv("DATABASE_URL")
	m, err := migrate.New("file://migrations", url)
	if err != nil {
		log.Fatal(err)
	}
	if err := m.Up(); err != nil && !errors.Is(err, migrate.ErrNoChange) {
		log.Fatal(err)
	}
	db, err := gorm.Open(postgres.Open(url), &gorm.Config{TranslateError: true})
	if err != nil {
		log.Fatal(err)
	}
	r := gin.Default()
	v1 := r.Group("/api/v1")
	api.NewArticleAPI(db).Register(v1.Group("/articles"))
	log.Fatal(r.Run())
}
