module github.com/acme/board

go 1.21

require (
	github.com/gin-gonic/gin v1.9.1
	gorm.io/driver/sqlite v1.5.6
	gorm.io/gorm v1.25.12
)
