package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"example.org/library/store"
)

func newTestServer(t *testing.T) *Server {
	t.Helper()
	gin.SetMode(gin.TestMode)
	db, err := store.Open(filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := db.DB(); err == nil {
			_ = pool.Close()
		}
	})
	return New(db, "desk:test-key")
}

type reply struct {
	Status int
	Data   json.RawMessage
	Meta   struct{ Total, Offset, Limit int }
	Error  struct {
		Code    string
		Details map[string]string
	}
}

func call(t *testing.T, s *Server, method, path, body string) reply {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("X-API-Key", "test-key")
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, req)
	var got reply
	if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
		t.Fatalf("%s %s: %v in %q", method, path, err, rec.Body)
	}
	got.Status = rec.Code
	return got
}

func newAuthor(t *testing.T, s *Server) string {
	t.Helper()
	got := call(t, s, http.MethodPost, "/v2/authors", `{"fullName":"Mary Shelley","email":"mary@example.org"}`)
	var author struct{ ID string }
	if err := json.Unmarshal(got.Data, &author); err != nil || got.Status != http.StatusOK {
		t.Fatalf("create author: %d %v", got.Status, err)
	}
	return author.ID
}

func TestKeyIsRequired(t *testing.T) {
	s := newTestServer(t)
	for path, want := range map[string]int{"/ping": http.StatusOK, "/v2/books": http.StatusUnauthorized, "/nowhere": http.StatusNotFound} {
		rec := httptest.NewRecorder()
		s.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != want {
			t.Errorf("GET %s: got %d, want %d", path, rec.Code, want)
		}
	}
}

func TestBookLifecycle(t *testing.T) {
	s := newTestServer(t)
	author := newAuthor(t, s)
	body := `{"authorId":"` + author + `","title":"Frankenstein","isbn":"9780141439471","genre":"fiction","totalCopies":3}`

	got := call(t, s, http.MethodPost, "/v2/books", body)
	var book map[string]any
	if err := json.Unmarshal(got.Data, &book); err != nil || got.Status != http.StatusOK {
		t.Fatalf("create: %d %v", got.Status, err)
	}
	path := "/v2/books/" + book["id"].(string)

	if got = call(t, s, http.MethodPost, "/v2/books", body); got.Status != http.StatusConflict || got.Error.Code != "DUPLICATE" {
		t.Errorf("same ISBN again: %+v", got)
	}
	if got = call(t, s, http.MethodDelete, "/v2/authors/"+author, ""); got.Status != http.StatusConflict {
		t.Errorf("author with a book was deleted: %+v", got)
	}
	if got = call(t, s, http.MethodPut, path, `{"totalCopies":0}`); !strings.Contains(string(got.Data), `"totalCopies":0`) {
		t.Errorf("update: %s", got.Data)
	}
	if got = call(t, s, http.MethodGet, path, ""); !strings.Contains(string(got.Data), `"title":"Frankenstein"`) {
		t.Errorf("get: %s", got.Data)
	}
	if got = call(t, s, http.MethodDelete, path, ""); got.Status != http.StatusOK {
		t.Errorf("delete: %+v", got)
	}
	if got = call(t, s, http.MethodGet, path, ""); got.Status != http.StatusNotFound {
		t.Errorf("get after delete: %+v", got)
	}
}

func TestBookList(t *testing.T) {
	s := newTestServer(t)
	author := newAuthor(t, s)
	for _, book := range []string{`"title":"Ariel","isbn":"1000000000001"`, `"title":"100%","isbn":"1000000000002"`, `"title":"Mathilda","isbn":"1000000000003"`} {
		got := call(t, s, http.MethodPost, "/v2/books", `{"authorId":"`+author+`","genre":"fiction",`+book+`}`)
		if got.Status != http.StatusOK {
			t.Fatalf("create: %+v", got)
		}
	}

	tests := []struct {
		query         string
		status, total int
	}{
		{"", http.StatusOK, 3},
		{"?q=%25", http.StatusOK, 1},
		{"?genre=science", http.StatusOK, 0},
		{"?offset=2&limit=1&orderBy=-title", http.StatusOK, 3},
		{"?limit=0", http.StatusUnprocessableEntity, 0},
		{"?offset=-1", http.StatusUnprocessableEntity, 0},
		{"?orderBy=isbn", http.StatusUnprocessableEntity, 0},
	}
	for _, test := range tests {
		got := call(t, s, http.MethodGet, "/v2/books"+test.query, "")
		if got.Status != test.status || got.Meta.Total != test.total {
			t.Errorf("%q: got %+v, want %d and %d", test.query, got, test.status, test.total)
		}
	}
}

func TestInvalidBook(t *testing.T) {
	s := newTestServer(t)
	got := call(t, s, http.MethodPost, "/v2/books", `{"isbn":"12","genre":"noise","totalCopies":-1}`)
	for _, field := range []string{"authorId", "title", "isbn", "genre", "totalCopies"} {
		if got.Error.Details[field] == "" {
			t.Errorf("nothing said about %s: %+v", field, got)
		}
	}
	got = call(t, s, http.MethodPost, "/v2/books", `{"authorId":"11111111-1111-4111-8111-111111111111","title":"X","isbn":"1000000000001","genre":"history"}`)
	if got.Status != http.StatusUnprocessableEntity || got.Error.Details["authorId"] == "" {
		t.Errorf("unknown author: %+v", got)
	}
}
