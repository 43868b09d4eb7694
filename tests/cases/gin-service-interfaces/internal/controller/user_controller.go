package controller

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"example.com/accounts/internal/service"
)

// UserController answers for users.
type UserController struct {
	userService service.UserService
}

// NewUserController returns a controller over a service.
func NewUserController(userService service.UserService) *UserController {
	return &UserController{userService: userService}
}

// Register adds the routes of users.
func (c *UserController) Register(router *gin.RouterGroup) {
	users := router.Group("/users")
	{
		users.GET("", c.GetAllUsers)
		users.GET("/:id", c.GetUserByID)
	}
}

// GetAllUsers answers with all users.
func (c *UserController) GetAllUsers(ctx *gin.Context) {
	users, err := c.userService.GetAllUsers(ctx.Request.Context())
	if err != nil {
		ctx.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
		return
	}
	ctx.JSON(http.StatusOK, users)
}

// GetUserByID answers with one user.
func (c *UserController) GetUserByID(ctx *gin.Context) {
	id, err := strconv.ParseUint(ctx.Param("id"), 10, 64)
	if err != nil {
		ctx.JSON(http.StatusBadRequest, gin.H{"error": "bad id"})
		return
	}
	user, err := c.userService.GetUserByID(ctx.Request.Context(), uint(id))
	if err != nil {
		ctx.JSON(http.StatusNotFound, gin.H{"error": "user not found"})
		return
	}
	ctx.JSON(http.StatusOK, user)
}
