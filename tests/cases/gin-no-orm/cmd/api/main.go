package main

import (
	"log"

	"example.com/pkgs/internal/router"
)

func main() {
	log.Fatal(router.New().Run(":8080"))
}
