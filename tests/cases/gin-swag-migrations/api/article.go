package api

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.com/depot/model"
)

// ArticleAPI serves articles.
type ArticleAPI struct {
	db *gorm.DB
}

// NewArticleAPI returns the handlers of articles.
func NewArticleAPI(db *gorm.DB) *ArticleAPI {
	return &ArticleAPI{db: db}
}

// Register adds the routes.
func (a *ArticleAPI) Register(rg *gin.RouterGroup) {
	rg.GET("", a.List)
	rg.POST("", a.Create)
	rg.GET("/:id", a.Get)
}

// ArticleInput is what callers send.
type ArticleInput struct {
	Code string `json:"code" binding:"required,max=20"`
}

// List godoc
//
//	@Summary  List articles
//	@Tags     articles
//	@Produce  json
//	@Success  200  {array}   model.Article
//	@Failure  500  {object}  Problem
//	@Router   /articles [get]
func (a *ArticleAPI) List(c *gin.Context) {
	articles := []model.Article{}
	if err := a.db.WithContext(c).Find(&articles).Error; err != nil {
		problem(c, http.StatusInternalServerError, "internal error")
		return
	}
	c.JSON(http.StatusOK, articles)
}

// Create godoc
//
//	@Summary  Create an article
//	@Tags     articles
//	@Accept   json
//	@Produce  json
//	@Param    article  body      ArticleInput  true  "Article"
//	@Success  201      {object}  model.Article
//	@Failure  400      {object}  Problem
//	@Router   /articles [post]
func (a *ArticleAPI) Create(c *gin.Context) {
	var input ArticleInput
	if err := c.ShouldBindJSON(&input); err != nil {
		problem(c, http.StatusBadRequest, err.Error())
		return
	}
	article := model.Article{Code: input.Code}
	if err := a.db.WithContext(c).Create(&article).Error; err != nil {
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			problem(c, http.StatusConflict, "code already exists")
			return
		}
		problem(c, http.StatusInternalServerError, "internal error")
		return
	}
	c.JSON(http.StatusCreated, article)
}

// Get godoc
//
//	@Summary  Get an article
//	@Tags     articles
//	@Produce  json
//	@Param    id   path      int  true  "Article ID"
//	@Success  200  {object}  model.Article
//	@Failure  404  {object}  Problem
//	@Router   /articles/{id} [get]
func (a *ArticleAPI) Get(c *gin.Context) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		problem(c, http.StatusNotFound, "article not found")
		return
	}
	var article model.Article
	err = a.db.WithContext(c).First(&article, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		problem(c, http.StatusNotFound, "article not found")
		return
	}
	if err != nil {
		problem(c, http.StatusInternalServerError, "internal error")
		return
	}
	c.JSON(http.StatusOK, article)
}
