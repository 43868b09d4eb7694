package database

import (
	"fmt"
	"io/fs"
	"strings"

	"gorm.io/gorm"
)

// The table and the file names are those of golang-migrate, so that its
// command can take over on PostgreSQL at any time.
const createVersionTable = `CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT NOT NULL PRIMARY KEY, dirty BOOLEAN NOT NULL)`

// Up applies every migration that is not applied yet.
func Up(db *gorm.DB, files fs.FS) error {
	names, current, err := load(db, files)
	if err != nil {
		return err
	}
	for _, name := range names {
		if version(name) > current {
			if err := run(db, files, name, version(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Down takes back the last migrations, as many as steps says.
func Down(db *gorm.DB, files fs.FS, steps int) error {
	names, current, err := load(db, files)
	if err != nil {
		return err
	}
	for i := len(names) - 1; i >= 0 && steps > 0; i-- {
		if version(names[i]) > current {
			continue
		}
		previous := 0
		if i > 0 {
			previous = version(names[i-1])
		}
		if err := run(db, files, strings.Replace(names[i], ".up.sql", ".down.sql", 1), previous); err != nil {
			return err
		}
		steps--
	}
	return nil
}

// load lists the up files in their order and reads the schema's version.
func load(db *gorm.DB, files fs.FS) (names []string, current int, err error) {
	if names, err = fs.Glob(files, "*.up.sql"); err != nil {
		return nil, 0, err
	}
	if err = db.Exec(createVersionTable).Error; err != nil {
		return nil, 0, err
	}
	err = db.Raw("SELECT COALESCE(MAX(version), 0) FROM schema_migrations").Scan(&current).Error
	return names, current, err
}

func version(name string) (number int) {
	_, _ = fmt.Sscanf(name, "%d_", &number)
	return number
}

func run(db *gorm.DB, files fs.FS, name string, version int) error {
	script, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	return db.Transaction(func(tx *gorm.DB) error {
		if err := tx.Exec(string(script)).Error; err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
		if err := tx.Exec("DELETE FROM schema_migrations").Error; err != nil || version == 0 {
			return err
		}
		return tx.Exec("INSERT INTO schema_migrations (version, dirty) VALUES (?, ?)", version, false).Error
	})
}
