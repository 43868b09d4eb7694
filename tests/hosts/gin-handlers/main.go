// Command library serves the catalogue of a library.
package main

import (
	"cmp"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"example.org/library/server"
	"example.org/library/store"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "routes" {
		for _, route := range server.New(nil, "").Routes() {
			fmt.Println(route.Method, route.Path)
		}
		return
	}

	keys := os.Getenv("API_KEYS")
	if keys == "" {
		log.Fatal("API_KEYS is not set: name:key,name:key …")
	}
	db, err := store.Open(cmp.Or(os.Getenv("LIBRARY_DB"), "library.db"))
	if err != nil {
		log.Fatal(err)
	}
	srv := &http.Server{
		Addr:              ":" + cmp.Or(os.Getenv("PORT"), "8080"),
		Handler:           server.New(db, keys),
		ReadHeaderTimeout: 5 * time.Second,
	}
	log.Printf("listening on %s", srv.Addr)
	log.Fatal(srv.ListenAndServe())
}
