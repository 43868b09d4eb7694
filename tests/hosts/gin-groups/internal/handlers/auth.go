package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.com/worklog/internal/services"
)

// RegisterRequest opens an account.
type RegisterRequest struct {
	Email    string `json:"email" binding:"required,email,max=254"`
	Name     string `json:"name" binding:"required,max=100"`
	Password string `json:"password" binding:"required,min=8,max=72,printascii"`
}

// LoginRequest asks for a token.
type LoginRequest struct {
	Email    string `json:"email" binding:"required,email"`
	Password string `json:"password" binding:"required"`
}

// TokenResponse carries an access token.
type TokenResponse struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int    `json:"expires_in"`
}

// Register godoc
//
//	@Summary	Open an account
//	@Tags		auth
//	@Accept		json
//	@Produce	json
//	@Param		body	body		RegisterRequest	true	"Account"
//	@Success	201		{object}	models.Account
//	@Failure	400		{object}	ErrorResponse
//	@Failure	409		{object}	ErrorResponse
//	@Router		/auth/register [post]
func Register(accounts *services.AccountService) gin.HandlerFunc {
	return func(c *gin.Context) {
		var request RegisterRequest
		if err := c.ShouldBindJSON(&request); err != nil {
			respondInvalid(c, err)
			return
		}
		account, err := accounts.Register(c.Request.Context(), request.Email, request.Name, request.Password)
		if err != nil {
			respondError(c, err)
			return
		}
		c.JSON(http.StatusCreated, account)
	}
}

// Login godoc
//
//	@Summary	Get an access token
//	@Tags		auth
//	@Accept		json
//	@Produce	json
//	@Param		body	body		LoginRequest	true	"Credentials"
//	@Success	200		{object}	TokenResponse
//	@Failure	400		{object}	ErrorResponse
//	@Failure	401		{object}	ErrorResponse
//	@Router		/auth/login [post]
func Login(accounts *services.AccountService, tokens *services.TokenService) gin.HandlerFunc {
	return func(c *gin.Context) {
		var request LoginRequest
		if err := c.ShouldBindJSON(&request); err != nil {
			respondInvalid(c, err)
			return
		}
		account, err := accounts.Authenticate(c.Request.Context(), request.Email, request.Password)
		if err != nil {
			respondError(c, err)
			return
		}
		token, err := tokens.Issue(account.ID)
		if err != nil {
			respondError(c, err)
			return
		}
		c.JSON(http.StatusOK, TokenResponse{AccessToken: token, TokenType: "Bearer", ExpiresIn: int(tokens.TTL().Seconds())})
	}
}
