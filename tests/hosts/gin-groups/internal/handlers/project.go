package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.com/worklog/internal/middleware"
	"example.com/worklog/internal/models"
	"example.com/worklog/internal/services"
)

// CreateProjectRequest describes a new project.
type CreateProjectRequest struct {
	TagID       *uuid.UUID `json:"tag_id"`
	Name        string     `json:"name" binding:"required,max=100"`
	Description string     `json:"description" binding:"max=2000"`
	Status      string     `json:"status" binding:"omitempty,oneof=active archived"`
}

// UpdateProjectRequest changes the fields that it names.
type UpdateProjectRequest struct {
	TagID       *uuid.UUID `json:"tag_id"`
	Name        *string    `json:"name" binding:"omitnil,min=1,max=100"`
	Description *string    `json:"description" binding:"omitnil,max=2000"`
	Status      *string    `json:"status" binding:"omitnil,oneof=active archived"`
}

// ListProjectsQuery are the parameters of the project list.
type ListProjectsQuery struct {
	PageQuery
	Search string `form:"search" binding:"max=100"`
	Sort   string `form:"sort" binding:"omitempty,oneof=name -name created_at -created_at"`
	Status string `form:"status" binding:"omitempty,oneof=active archived"`
}

// ListProjects godoc
//
//	@Summary	List your projects
//	@Tags		projects
//	@Produce	json
//	@Security	BearerAuth
//	@Param		page	query		int		false	"Page"		default(1)
//	@Param		limit	query		int		false	"Page size"	default(20)	maximum(100)
//	@Param		search	query		string	false	"Part of the name or the description"
//	@Param		sort	query		string	false	"Order"		Enums(name, -name, created_at, -created_at)
//	@Param		status	query		string	false	"Status"	Enums(active, archived)
//	@Success	200		{object}	PageResponse[models.Project]
//	@Failure	400		{object}	ErrorResponse
//	@Failure	401		{object}	ErrorResponse
//	@Router		/projects [get]
func ListProjects(projects *services.ProjectService) gin.HandlerFunc {
	return func(c *gin.Context) {
		var query ListProjectsQuery
		if err := c.ShouldBindQuery(&query); err != nil {
			respondInvalid(c, err)
			return
		}
		page, err := projects.List(c.Request.Context(), middleware.AccountID(c), services.ProjectFilter{
			Page:   query.Page,
			Limit:  query.Limit,
			Search: query.Search,
			Sort:   query.Sort,
			Status: query.Status,
		})
		if err != nil {
			respondError(c, err)
			return
		}
		respondPage(c, query.PageQuery, page)
	}
}

// CreateProject godoc
//
//	@Summary	Create a project
//	@Tags		projects
//	@Accept		json
//	@Produce	json
//	@Security	BearerAuth
//	@Param		body	body		CreateProjectRequest	true	"Project"
//	@Success	201		{object}	models.Project
//	@Header		201		{string}	Location	"Where the project is"
//	@Failure	400		{object}	ErrorResponse
//	@Failure	401		{object}	ErrorResponse
//	@Failure	409		{object}	ErrorResponse
//	@Router		/projects [post]
func CreateProject(projects *services.ProjectService) gin.HandlerFunc {
	return func(c *gin.Context) {
		var request CreateProjectRequest
		if err := c.ShouldBindJSON(&request); err != nil {
			respondInvalid(c, err)
			return
		}
		project := &models.Project{
			OwnerID:     middleware.AccountID(c),
			TagID:       request.TagID,
			Name:        request.Name,
			Description: request.Description,
			Status:      models.ProjectActive,
		}
		if request.Status != "" {
			project.Status = request.Status
		}
		if err := projects.Create(c.Request.Context(), project); err != nil {
			respondError(c, err)
			return
		}
		c.Header("Location", c.FullPath()+"/"+project.ID.String())
		c.JSON(http.StatusCreated, project)
	}
}

// GetProject godoc
//
//	@Summary	Show a project
//	@Tags		projects
//	@Produce	json
//	@Security	BearerAuth
//	@Param		id	path		string	true	"Project"	Format(uuid)
//	@Success	200	{object}	models.Project
//	@Failure	401	{object}	ErrorResponse
//	@Failure	404	{object}	ErrorResponse
//	@Router		/projects/{id} [get]
func GetProject(projects *services.ProjectService) gin.HandlerFunc {
	return func(c *gin.Context) {
		id, ok := pathID(c)
		if !ok {
			return
		}
		project, err := projects.Get(c.Request.Context(), middleware.AccountID(c), id)
		if err != nil {
			respondError(c, err)
			return
		}
		c.JSON(http.StatusOK, project)
	}
}

// UpdateProject godoc
//
//	@Summary	Change a project
//	@Tags		projects
//	@Accept		json
//	@Produce	json
//	@Security	BearerAuth
//	@Param		id		path		string					true	"Project"	Format(uuid)
//	@Param		body	body		UpdateProjectRequest	true	"Changes"
//	@Success	200		{object}	models.Project
//	@Failure	400		{object}	ErrorResponse
//	@Failure	401		{object}	ErrorResponse
//	@Failure	404		{object}	ErrorResponse
//	@Failure	409		{object}	ErrorResponse
//	@Router		/projects/{id} [put]
func UpdateProject(projects *services.ProjectService) gin.HandlerFunc {
	return func(c *gin.Context) {
		id, ok := pathID(c)
		if !ok {
			return
		}
		var request UpdateProjectRequest
		if err := c.ShouldBindJSON(&request); err != nil {
			respondInvalid(c, err)
			return
		}
		project, err := projects.Update(c.Request.Context(), middleware.AccountID(c), id, services.ProjectChanges(request))
		if err != nil {
			respondError(c, err)
			return
		}
		c.JSON(http.StatusOK, project)
	}
}

// DeleteProject godoc
//
//	@Summary	Delete a project
//	@Tags		projects
//	@Security	BearerAuth
//	@Param		id	path	string	true	"Project"	Format(uuid)
//	@Success	204
//	@Failure	401	{object}	ErrorResponse
//	@Failure	404	{object}	ErrorResponse
//	@Router		/projects/{id} [delete]
func DeleteProject(projects *services.ProjectService) gin.HandlerFunc {
	return func(c *gin.Context) {
		id, ok := pathID(c)
		if !ok {
			return
		}
		if err := projects.Delete(c.Request.Context(), middleware.AccountID(c), id); err != nil {
			respondError(c, err)
			return
		}
		c.Status(http.StatusNoContent)
	}
}
