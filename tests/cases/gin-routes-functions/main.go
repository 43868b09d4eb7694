package main

import (
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/acme/board/models"
	"github.com/acme/board/routes"
)

func main() {
	db, err := gorm.Open(sqlite.Open("board.db"), &gorm.Config{})
	if err != nil {
		panic(err)
	}
	models.Migrate(db)
	routes.SetupRouter(db).Run(":8000")
}
