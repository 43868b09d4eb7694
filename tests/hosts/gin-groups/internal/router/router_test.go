package router_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/worklog/internal/database"
	"example.com/worklog/internal/router"
	"example.com/worklog/internal/services"
	"example.com/worklog/migrations"
)

type api struct {
	t      *testing.T
	engine *gin.Engine
}

func newAPI(t *testing.T) *api {
	t.Helper()
	gin.SetMode(gin.TestMode)
	db, err := database.Open(filepath.Join(t.TempDir(), "test.db"))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, database.Close(db)) })
	require.NoError(t, database.Up(db, migrations.Files))
	tokens := services.NewTokenService([]byte("a-secret-for-tests-0123456789abcdef"), time.Minute)
	return &api{t: t, engine: router.New(db, tokens)}
}

func (a *api) do(method, path, token string, body any) (*httptest.ResponseRecorder, map[string]any) {
	a.t.Helper()
	var payload bytes.Buffer
	if body != nil {
		require.NoError(a.t, json.NewEncoder(&payload).Encode(body))
	}
	request := httptest.NewRequest(method, path, &payload)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	recorder := httptest.NewRecorder()
	a.engine.ServeHTTP(recorder, request)
	var decoded map[string]any
	if recorder.Body.Len() > 0 {
		require.NoError(a.t, json.Unmarshal(recorder.Body.Bytes(), &decoded))
	}
	return recorder, decoded
}

func (a *api) login(email string) string {
	a.t.Helper()
	account := gin.H{"email": email, "name": "Someone", "password": "correct horse"}
	response, _ := a.do(http.MethodPost, "/api/v1/auth/register", "", account)
	require.Equal(a.t, http.StatusCreated, response.Code)
	response, body := a.do(http.MethodPost, "/api/v1/auth/login", "", account)
	require.Equal(a.t, http.StatusOK, response.Code)
	return body["access_token"].(string)
}

func TestAuth(t *testing.T) {
	api := newAPI(t)
	api.login("ann@example.com")

	response, body := api.do(http.MethodPost, "/api/v1/auth/register", "", gin.H{"email": "ann@example.com", "name": "Ann", "password": "12345678"})
	assert.Equal(t, http.StatusConflict, response.Code, body)
	response, body = api.do(http.MethodPost, "/api/v1/auth/register", "", gin.H{"email": "nobody", "password": "short"})
	assert.Equal(t, http.StatusBadRequest, response.Code)
	assert.Contains(t, body["fields"], "email")
	assert.Contains(t, body["fields"], "password")
	response, _ = api.do(http.MethodPost, "/api/v1/auth/login", "", gin.H{"email": "ann@example.com", "password": "wrong"})
	assert.Equal(t, http.StatusUnauthorized, response.Code)
	response, _ = api.do(http.MethodGet, "/api/v1/projects", "not-a-token", nil)
	assert.Equal(t, http.StatusUnauthorized, response.Code)
	assert.NotEmpty(t, response.Header().Get("X-Request-ID"))
}

func TestProjectLifecycle(t *testing.T) {
	api := newAPI(t)
	ann := api.login("ann@example.com")

	response, created := api.do(http.MethodPost, "/api/v1/projects", ann, gin.H{"name": "Garden", "description": "Beds"})
	require.Equal(t, http.StatusCreated, response.Code, created)
	path := response.Header().Get("Location")
	assert.Equal(t, "/api/v1/projects/"+created["id"].(string), path)
	assert.Equal(t, "active", created["status"])

	response, _ = api.do(http.MethodPost, "/api/v1/projects", ann, gin.H{"name": "Garden"})
	assert.Equal(t, http.StatusConflict, response.Code)

	response, read := api.do(http.MethodGet, path, ann, nil)
	assert.Equal(t, http.StatusOK, response.Code)
	assert.Equal(t, created, read)

	response, updated := api.do(http.MethodPut, path, ann, gin.H{"status": "archived"})
	assert.Equal(t, http.StatusOK, response.Code)
	assert.Equal(t, "archived", updated["status"])
	assert.Equal(t, "Beds", updated["description"])

	response, _ = api.do(http.MethodDelete, path, ann, nil)
	assert.Equal(t, http.StatusNoContent, response.Code)
	response, _ = api.do(http.MethodGet, path, ann, nil)
	assert.Equal(t, http.StatusNotFound, response.Code)
}

func TestProjectsBelongToTheirOwner(t *testing.T) {
	api := newAPI(t)
	ann, bob := api.login("ann@example.com"), api.login("bob@example.com")
	response, _ := api.do(http.MethodPost, "/api/v1/projects", ann, gin.H{"name": "Garden"})
	path := response.Header().Get("Location")

	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		response, _ = api.do(method, path, bob, gin.H{"name": "Mine"})
		assert.Equal(t, http.StatusNotFound, response.Code, method)
	}
	_, list := api.do(http.MethodGet, "/api/v1/projects", bob, nil)
	assert.EqualValues(t, 0, list["total"])
	assert.Empty(t, list["items"])
}

func TestProjectList(t *testing.T) {
	api := newAPI(t)
	ann := api.login("ann@example.com")
	for _, name := range []string{"Attic", "Boat", "100% Cellar"} {
		response, _ := api.do(http.MethodPost, "/api/v1/projects", ann, gin.H{"name": name})
		require.Equal(t, http.StatusCreated, response.Code)
	}

	_, list := api.do(http.MethodGet, "/api/v1/projects?page=2&limit=2&sort=name", ann, nil)
	assert.EqualValues(t, 3, list["total"])
	assert.EqualValues(t, 2, list["pages"])
	assert.Len(t, list["items"], 1)

	_, list = api.do(http.MethodGet, "/api/v1/projects?search=%25%20cEL", ann, nil)
	assert.EqualValues(t, 1, list["total"])

	for _, query := range []string{"page=0", "page=x", "limit=101", "sort=owner_id", "status=lost"} {
		response, _ := api.do(http.MethodGet, "/api/v1/projects?"+query, ann, nil)
		assert.Equal(t, http.StatusBadRequest, response.Code, query)
	}
}

func TestTags(t *testing.T) {
	api := newAPI(t)
	ann := api.login("ann@example.com")
	tag := gin.H{"name": "home", "color": "#00ff00"}

	response, _ := api.do(http.MethodPost, "/api/v1/tags", "", tag)
	assert.Equal(t, http.StatusUnauthorized, response.Code)
	response, created := api.do(http.MethodPost, "/api/v1/tags", ann, tag)
	require.Equal(t, http.StatusCreated, response.Code)
	_, list := api.do(http.MethodGet, "/api/v1/tags", "", nil)
	assert.EqualValues(t, 1, list["total"])

	path := "/api/v1/tags/" + created["id"].(string)
	response, _ = api.do(http.MethodPost, "/api/v1/projects", ann, gin.H{"name": "Roof", "tag_id": created["id"]})
	require.Equal(t, http.StatusCreated, response.Code)
	response, _ = api.do(http.MethodDelete, path, ann, nil)
	assert.Equal(t, http.StatusConflict, response.Code)

	response, body := api.do(http.MethodPost, "/api/v1/projects", ann, gin.H{"name": "Barn", "tag_id": "0198c0de-0000-7000-8000-000000000000"})
	assert.Equal(t, http.StatusBadRequest, response.Code)
	assert.Contains(t, body["fields"], "tag_id")
}
