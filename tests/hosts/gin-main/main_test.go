package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

func TestAPI(t *testing.T) {
	gin.SetMode(gin.TestMode)
	if err := openDB(filepath.Join(t.TempDir(), "test.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if conn, err := db.DB(); err == nil {
			_ = conn.Close()
		}
	})
	r := setupRouter()

	// The steps build on one another.
	steps := []struct {
		method, path, body string
		status             int
		contains           string
	}{
		{"GET", "/api/venues", "", http.StatusOK, "[]"},
		{"POST", "/api/venues", `{"name":"Loft","capacity":40}`, http.StatusCreated, `"id":1`},
		{"POST", "/api/venues", `{"name":"Loft","capacity":12}`, http.StatusConflict, "already exists"},
		{"POST", "/api/venues", `{"name":"Attic"}`, http.StatusBadRequest, "Capacity"},
		{"POST", "/api/events", `{"venue_id":1,"title":"Go night","starts_at":"2030-05-01T18:00:00Z"}`, http.StatusCreated, `"title":"Go night"`},
		{"POST", "/api/events", `{"venue_id":9,"title":"Go night","starts_at":"2030-05-01T18:00:00Z"}`, http.StatusBadRequest, "no such venue"},
		{"GET", "/api/events", "", http.StatusOK, `"name":"Loft"`},
		{"PUT", "/api/events/1", `{"venue_id":1,"title":"Rust night","starts_at":"2030-05-01T18:00:00Z"}`, http.StatusOK, "Rust night"},
		{"GET", "/api/events/1", "", http.StatusOK, "Rust night"},
		{"GET", "/api/events/x", "", http.StatusNotFound, "not found"},
		{"DELETE", "/api/events/1", "", http.StatusNoContent, ""},
		{"DELETE", "/api/events/1", "", http.StatusNotFound, "not found"},
	}
	for _, step := range steps {
		w := httptest.NewRecorder()
		r.ServeHTTP(w, httptest.NewRequest(step.method, step.path, strings.NewReader(step.body)))
		if w.Code != step.status || !strings.Contains(w.Body.String(), step.contains) {
			t.Errorf("%s %s: got %d %s, want %d %s", step.method, step.path, w.Code, w.Body, step.status, step.contains)
		}
	}
}
