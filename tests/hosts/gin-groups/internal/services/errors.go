// Package services holds the rules of the application.
package services

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

// What can go wrong for reasons that the caller can do something about.
var (
	ErrNotFound           = errors.New("not found")
	ErrConflict           = errors.New("already exists")
	ErrInUse              = errors.New("still in use")
	ErrInvalidValue       = errors.New("invalid value")
	ErrUnknownTag         = errors.New("no such tag")
	ErrInvalidCredentials = errors.New("invalid credentials")
)

// translate names the database's errors in this package's words.
func translate(err error) error {
	var pgErr *pgconn.PgError
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return ErrNotFound
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return ErrConflict
	case errors.As(err, &pgErr) && strings.HasPrefix(pgErr.Code, "22"): // data exception, a NUL in a text for one
		return ErrInvalidValue
	default:
		return err
	}
}

// Page is one page of a longer list.
type Page[T any] struct {
	Items []T
	Total int64
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// contains makes the pattern of a case-insensitive LIKE.
func contains(search string) string {
	return "%" + likeEscaper.Replace(strings.ToLower(search)) + "%"
}
