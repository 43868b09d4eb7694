package handler

import (
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.org/library/model"
	"example.org/library/response"
)

// AuthorHandler serves /authors.
type AuthorHandler struct {
	db *gorm.DB
}

// NewAuthorHandler returns a handler that works on db.
func NewAuthorHandler(db *gorm.DB) *AuthorHandler {
	return &AuthorHandler{db: db}
}

type authorInput struct {
	FullName string `json:"fullName" binding:"required,max=120"`
	Email    string `json:"email" binding:"required,email,max=254"`
}

// List answers GET /authors.
func (h *AuthorHandler) List(c *gin.Context) {
	var params window
	if err := c.ShouldBindQuery(&params); err != nil {
		response.Invalid(c, err)
		return
	}
	query := h.db.WithContext(c.Request.Context()).Model(&model.Author{})
	authors, meta := []model.Author{}, response.Meta{Offset: params.Offset, Limit: params.Limit}
	if err := query.Count(&meta.Total).Error; err != nil {
		response.Error(c, err)
		return
	}
	if err := query.Order("full_name, id").Offset(params.Offset).Limit(params.Limit).Find(&authors).Error; err != nil {
		response.Error(c, err)
		return
	}
	response.List(c, authors, meta)
}

// Create answers POST /authors.
func (h *AuthorHandler) Create(c *gin.Context) {
	var input authorInput
	if err := c.ShouldBindJSON(&input); err != nil {
		response.Invalid(c, err)
		return
	}
	author := model.Author{FullName: input.FullName, Email: input.Email}
	if err := h.db.WithContext(c.Request.Context()).Create(&author).Error; err != nil {
		response.Error(c, err)
		return
	}
	response.OK(c, author)
}

// Delete answers DELETE /authors/:authorId; an author with books stays.
func (h *AuthorHandler) Delete(c *gin.Context) {
	id := c.Param("authorId")
	result := h.db.WithContext(c.Request.Context()).Delete(&model.Author{}, "id = ?", id)
	if result.Error == nil && result.RowsAffected == 0 {
		result.Error = gorm.ErrRecordNotFound
	}
	if result.Error != nil {
		response.Error(c, result.Error)
		return
	}
	response.OK(c, gin.H{"id": id, "deleted": true})
}
