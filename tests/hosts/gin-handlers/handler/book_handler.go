package handler

import (
	"errors"
	"strings"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"example.org/library/model"
	"example.org/library/response"
)

// BookHandler serves /books.
type BookHandler struct {
	db *gorm.DB
}

// NewBookHandler returns a handler that works on db.
func NewBookHandler(db *gorm.DB) *BookHandler {
	return &BookHandler{db: db}
}

type bookInput struct {
	AuthorID    string `json:"authorId" binding:"required,uuid"`
	Title       string `json:"title" binding:"required,max=200"`
	ISBN        string `json:"isbn" binding:"required,len=13,number"`
	Genre       string `json:"genre" binding:"required,oneof=fiction science history"`
	TotalCopies int    `json:"totalCopies" binding:"min=0,max=10000"`
}

type bookPatch struct {
	AuthorID    *string `json:"authorId" binding:"omitnil,uuid"`
	Title       *string `json:"title" binding:"omitnil,min=1,max=200"`
	ISBN        *string `json:"isbn" binding:"omitnil,len=13,number"`
	Genre       *string `json:"genre" binding:"omitnil,oneof=fiction science history"`
	TotalCopies *int    `json:"totalCopies" binding:"omitnil,min=0,max=10000"`
}

type bookParams struct {
	window
	Q       string `form:"q" binding:"max=100"`
	OrderBy string `form:"orderBy" binding:"omitempty,oneof=title -title createdOn -createdOn"`
	Genre   string `form:"genre" binding:"omitempty,oneof=fiction science history"`
}

var bookColumns = map[string]string{"title": "title", "createdOn": "created_on"}

func (p bookParams) order() string {
	if column, ok := bookColumns[strings.TrimPrefix(p.OrderBy, "-")]; ok {
		if strings.HasPrefix(p.OrderBy, "-") {
			column += " DESC"
		}
		return column + ", id"
	}
	return "created_on DESC, id"
}

// List answers GET /books.
func (h *BookHandler) List(c *gin.Context) {
	var params bookParams
	if err := c.ShouldBindQuery(&params); err != nil {
		response.Invalid(c, err)
		return
	}
	query := h.db.WithContext(c.Request.Context()).Model(&model.Book{})
	if params.Q != "" {
		query = query.Where(`title LIKE ? ESCAPE '\'`, like(params.Q))
	}
	if params.Genre != "" {
		query = query.Where("genre = ?", params.Genre)
	}
	books, meta := []model.Book{}, response.Meta{Offset: params.Offset, Limit: params.Limit}
	if err := query.Count(&meta.Total).Error; err != nil {
		response.Error(c, err)
		return
	}
	if err := query.Order(params.order()).Offset(params.Offset).Limit(params.Limit).Find(&books).Error; err != nil {
		response.Error(c, err)
		return
	}
	response.List(c, books, meta)
}

// Get answers GET /books/:bookId.
func (h *BookHandler) Get(c *gin.Context) {
	book, err := h.find(c)
	if err != nil {
		response.Error(c, err)
		return
	}
	response.OK(c, book)
}

// Create answers POST /books.
func (h *BookHandler) Create(c *gin.Context) {
	var input bookInput
	if err := c.ShouldBindJSON(&input); err != nil {
		response.Invalid(c, err)
		return
	}
	book := model.Book{
		AuthorID:    input.AuthorID,
		Title:       input.Title,
		ISBN:        input.ISBN,
		Genre:       input.Genre,
		TotalCopies: input.TotalCopies,
	}
	if err := h.db.WithContext(c.Request.Context()).Create(&book).Error; err != nil {
		h.failWrite(c, err)
		return
	}
	response.OK(c, book)
}

// Update answers PUT /books/:bookId.
func (h *BookHandler) Update(c *gin.Context) {
	book, err := h.find(c)
	if err != nil {
		response.Error(c, err)
		return
	}
	var input bookPatch
	if err := c.ShouldBindJSON(&input); err != nil {
		response.Invalid(c, err)
		return
	}
	assign(&book.AuthorID, input.AuthorID)
	assign(&book.Title, input.Title)
	assign(&book.ISBN, input.ISBN)
	assign(&book.Genre, input.Genre)
	assign(&book.TotalCopies, input.TotalCopies)
	if err := h.db.WithContext(c.Request.Context()).Save(&book).Error; err != nil {
		h.failWrite(c, err)
		return
	}
	response.OK(c, book)
}

// Delete answers DELETE /books/:bookId.
func (h *BookHandler) Delete(c *gin.Context) {
	book, err := h.find(c)
	if err == nil {
		err = h.db.WithContext(c.Request.Context()).Delete(&book).Error
	}
	if err != nil {
		response.Error(c, err)
		return
	}
	response.OK(c, gin.H{"id": book.ID, "deleted": true})
}

func (h *BookHandler) find(c *gin.Context) (book model.Book, err error) {
	err = h.db.WithContext(c.Request.Context()).First(&book, "id = ?", c.Param("bookId")).Error
	return book, err
}

func (h *BookHandler) failWrite(c *gin.Context, err error) {
	if errors.Is(err, gorm.ErrForeignKeyViolated) {
		response.InvalidFields(c, map[string]string{"authorId": "no such author"})
		return
	}
	response.Error(c, err)
}

func assign[T any](target, value *T) {
	if value != nil {
		*target = *value
	}
}
