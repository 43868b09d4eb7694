module example.com/depot

go 1.23

require (
	github.com/gin-gonic/gin v1.10.0
	github.com/golang-migrate/migrate/v4 v4.18.1
	github.com/stretchr/testify v1.9.0
	github.com/swaggo/gin-swagger v1.6.0
	github.com/swaggo/swag v1.16.3
	gorm.io/driver/postgres v1.5.9
	gorm.io/gorm v1.25.12
)
