// Command migrate moves the database schema: migrate up | down [STEPS].
package main

import (
	"fmt"
	"os"
	"strconv"

	"example.com/worklog/internal/config"
	"example.com/worklog/internal/database"
	"example.com/worklog/migrations"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "migrate:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("usage: migrate up | down [STEPS]")
	}
	db, err := database.Open(config.DatabaseURL())
	if err != nil {
		return err
	}
	defer func() { _ = database.Close(db) }()

	switch args[0] {
	case "up":
		return database.Up(db, migrations.Files)
	case "down":
		steps := 1
		if len(args) > 1 {
			if steps, err = strconv.Atoi(args[1]); err != nil {
				return err
			}
		}
		return database.Down(db, migrations.Files, steps)
	default:
		return fmt.Errorf("unknown command %q", args[0])
	}
}
