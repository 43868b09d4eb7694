package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.com/worklog/internal/models"
	"example.com/worklog/internal/services"
)

// CreateTagRequest describes a new tag.
type CreateTagRequest struct {
	Name  string `json:"name" binding:"required,max=50"`
	Color string `json:"color" binding:"required,len=7,hexcolor"`
}

// ListTags godoc
//
//	@Summary	List the tags
//	@Tags		tags
//	@Produce	json
//	@Param		page	query		int	false	"Page"		default(1)
//	@Param		limit	query		int	false	"Page size"	default(20)	maximum(100)
//	@Success	200		{object}	PageResponse[models.Tag]
//	@Failure	400		{object}	ErrorResponse
//	@Router		/tags [get]
func ListTags(tags *services.TagService) gin.HandlerFunc {
	return func(c *gin.Context) {
		var query PageQuery
		if err := c.ShouldBindQuery(&query); err != nil {
			respondInvalid(c, err)
			return
		}
		page, err := tags.List(c.Request.Context(), query.Page, query.Limit)
		if err != nil {
			respondError(c, err)
			return
		}
		respondPage(c, query, page)
	}
}

// CreateTag godoc
//
//	@Summary	Create a tag
//	@Tags		tags
//	@Accept		json
//	@Produce	json
//	@Security	BearerAuth
//	@Param		body	body		CreateTagRequest	true	"Tag"
//	@Success	201		{object}	models.Tag
//	@Failure	400		{object}	ErrorResponse
//	@Failure	401		{object}	ErrorResponse
//	@Failure	409		{object}	ErrorResponse
//	@Router		/tags [post]
func CreateTag(tags *services.TagService) gin.HandlerFunc {
	return func(c *gin.Context) {
		var request CreateTagRequest
		if err := c.ShouldBindJSON(&request); err != nil {
			respondInvalid(c, err)
			return
		}
		tag := &models.Tag{Name: request.Name, Color: request.Color}
		if err := tags.Create(c.Request.Context(), tag); err != nil {
			respondError(c, err)
			return
		}
		c.Header("Location", c.FullPath()+"/"+tag.ID.String())
		c.JSON(http.StatusCreated, tag)
	}
}

// DeleteTag godoc
//
//	@Summary	Delete a tag that no project carries
//	@Tags		tags
//	@Security	BearerAuth
//	@Param		id	path	string	true	"Tag"	Format(uuid)
//	@Success	204
//	@Failure	401	{object}	ErrorResponse
//	@Failure	404	{object}	ErrorResponse
//	@Failure	409	{object}	ErrorResponse
//	@Router		/tags/{id} [delete]
func DeleteTag(tags *services.TagService) gin.HandlerFunc {
	return func(c *gin.Context) {
		id, ok := pathID(c)
		if !ok {
			return
		}
		if err := tags.Delete(c.Request.Context(), id); err != nil {
			respondError(c, err)
			return
		}
		c.Status(http.StatusNoContent)
	}
}
