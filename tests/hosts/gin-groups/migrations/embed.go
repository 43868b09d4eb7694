// Package migrations embeds the SQL files of this folder into the binaries.
package migrations

import "embed"

// Files holds every NNNNNN_name.up.sql and its .down.sql.
//
//go:embed *.sql
var Files embed.FS
