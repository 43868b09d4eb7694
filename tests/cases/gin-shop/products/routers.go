package products

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.com/shop/common"
)

type productRequest struct {
	Name  string `json:"name" binding:"required,max=100"`
	Price int    `json:"price" binding:"min=0"`
}

// Register adds the routes of products.
func Register(router *gin.RouterGroup) {
	router.GET("", ProductList)
	router.POST("", ProductCreate)
	router.GET("/:id", ProductRetrieve)
	router.PUT("/:id", ProductUpdate)
	router.DELETE("/:id", ProductDelete)
}

func ProductList(c *gin.Context) {
	var found []Product
	if err := common.GetDB().Find(&found).Error; err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
		return
	}
	c.JSON(http.StatusOK, found)
}

func ProductCreate(c *gin.Context) {
	var body productRequest
	if err := c.ShouldBindJSON(&body); err != nil {
		c.JSON(http.StatusUnprocessableEntity, gin.H{"error": err.Error()})
		return
	}
	product := Product{Name: body.Name, Price: body.Price}
	if err := common.GetDB().Create(&product).Error; err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
		return
	}
	c.JSON(http.StatusCreated, product)
}

func ProductRetrieve(c *gin.Context) {
	product, ok := find(c)
	if ok {
		c.JSON(http.StatusOK, product)
	}
}

func ProductUpdate(c *gin.Context) {
	product, ok := find(c)
	if !ok {
		return
	}
	var body productRequest
	if err := c.ShouldBindJSON(&body); err != nil {
		c.JSON(http.StatusUnprocessableEntity, gin.H{"error": err.Error()})
		return
	}
	product.Name, product.Price = body.Name, body.Price
	if err := common.GetDB().Save(product).Error; err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
		return
	}
	c.JSON(http.StatusOK, product)
}

func ProductDelete(c *gin.Context) {
	product, ok := find(c)
	if !ok {
		return
	}
	if err := common.GetDB().Delete(product).Error; err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
		return
	}
	c.Status(http.StatusNoContent)
}

func find(c *gin.Context) (*Product, bool) {
	id, err := strconv.ParseUint(c.Param("id"), 10, 64)
	if err != nil {
		c.JSON(http.StatusNotFound, gin.H{"error": "no such product"})
		return nil, false
	}
	var product Product
	err = common.GetDB().First(&product, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		c.JSON(http.StatusNotFound, gin.H{"error": "no such product"})
		return nil, false
	}
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
		return nil, false
	}
	return &product, true
}
