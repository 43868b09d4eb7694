package orders

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.com/shop/common"
)

// Register adds the routes of orders.
func Register(router *gin.RouterGroup) {
	router.GET("", OrderList)
}

func OrderList(c *gin.Context) {
	var found []Order
	if err := common.GetDB().Find(&found).Error; err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
		return
	}
	c.JSON(http.StatusOK, found)
}
