package database_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/worklog/internal/database"
	"example.com/worklog/migrations"
)

func TestMigrationsGoUpAndDown(t *testing.T) {
	db, err := database.Open(filepath.Join(t.TempDir(), "test.db"))
	require.NoError(t, err)
	defer func() { assert.NoError(t, database.Close(db)) }()

	for range 2 {
		require.NoError(t, database.Up(db, migrations.Files))
		require.NoError(t, database.Up(db, migrations.Files))
		assert.True(t, db.Migrator().HasTable("projects"))
		require.NoError(t, database.Down(db, migrations.Files, 100))
		assert.False(t, db.Migrator().HasTable("accounts"))
	}
}
