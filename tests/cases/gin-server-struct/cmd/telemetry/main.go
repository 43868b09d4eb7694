package main

import (
	"log"
	"os"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"example.org/telemetry/internal/model"
	"example.org/telemetry/internal/server"
)

func main() {
	db, err := gorm.Open(postgres.Open(os.Getenv("DATABASE_URL")), &gorm.Config{TranslateError: true})
	if err != nil {
		log.Fatal(err)
	}
	if err := db.AutoMigrate(
		&model.Station{},
	); err != nil {
		log.Fatal(err)
	}
	log.Fatal(server.New(db).Run(":8080"))
}
