"""What Go services serve, in the shapes that real ones are written in."""

from __future__ import annotations

from textwrap import dedent

import pytest
from projects_in_memory import graph, rows

IMPORTS = 'import (\n"fmt"\n"net/http"\n"github.com/gin-gonic/gin"\n)'
HEAD = f"package main\n\n{IMPORTS}\n\nfunc h(c *gin.Context) {{}}\n"
MOD = "module example.com/shop\n\ngo 1.22\n"


def files_of(text: str, **more: str) -> dict[str, str]:
    return {"go.mod": MOD, "main.go": HEAD + dedent(text), **more}


MUST_LIST = {
    "methods": (
        """
        func main() {
            r := gin.Default()
            r.GET("/a", h)
            r.POST("/b", h)
            r.Any("/c", h)
            r.Handle("PATCH", "/d", h)
            r.Match([]string{"GET", "PUT"}, "/e", h)
        }
        """,
        ["GET /a h", "POST /b h", "ANY /c h", "PATCH /d h", "GET /e h", "PUT /e h"],
    ),
    "parameters": (
        """
        func main() {
            r := gin.New()
            r.GET("/u/:id/*rest", h)
        }
        """,
        ["GET /u/{id}/{rest*} h"],
    ),
    "groups in bare blocks": (
        """
        func main() {
            r := gin.New()
            v1 := r.Group("/v1")
            {
                users := v1.Group("/users")
                users.GET("", h)
                users.GET("/", h)
            }
            {
                users := v1.Group("/people")
                users.GET("/x", h)
            }
        }
        """,
        ["GET /v1/users h", "GET /v1/users/ h", "GET /v1/people/x h"],
    ),
    "a group handed to a function": (
        """
        func Users(r *gin.RouterGroup) { r.GET("/me", h) }
        func main() {
            r := gin.New()
            v1 := r.Group("/v1")
            Users(v1.Group("/users"))
            Users(v1.Group("/people"))
        }
        """,
        ["GET /v1/people/me h", "GET /v1/users/me h"],
    ),
    "an engine made and returned elsewhere": (
        """
        func engine() *gin.Engine { r := gin.New(); r.Use(gin.Logger()); return r }
        func setup() *gin.Engine { r := engine(); r.GET("/x", h); return r }
        func main() { setup().Run() }
        """,
        ["GET /x h"],
    ),
    "an engine in a field": (
        """
        type Server struct { router *gin.Engine }
        func NewServer() *Server { s := &Server{}; s.router = gin.Default(); s.routes(); return s }
        func (s *Server) routes() { g := s.router.Group("/api"); g.GET("/x", s.get) }
        func (s *Server) get(c *gin.Context) {}
        func main() { NewServer() }
        """,
        ["GET /api/x Server.get"],
    ),
    "an engine that is embedded": (
        """
        type Server struct { *gin.Engine }
        func main() {
            s := &Server{Engine: gin.New()}
            s.GET("/x", h)
        }
        """,
        ["GET /x h"],
    ),
    "handlers that register themselves": (
        """
        type Registrar interface { Register(r gin.IRouter) }
        type A struct{}
        func (a *A) Register(r gin.IRouter) { r.GET("/a", a.get) }
        func (a *A) get(c *gin.Context) {}
        type B struct{}
        func (b B) Register(r gin.IRouter) { r.GET("/b", b.get) }
        func (b B) get(c *gin.Context) {}
        func all(g *gin.RouterGroup, rs ...Registrar) {
            for _, r := range rs { r.Register(g) }
        }
        func main() { all(gin.New().Group("/api"), &A{}, B{}) }
        """,
        ["GET /api/a A.get", "GET /api/b B.get"],
    ),
    "routes in a slice of structs": (
        """
        type Route struct { Method, Path string; Handler gin.HandlerFunc }
        var routes = []Route{{"GET", "/a", h}, {Method: "POST", Path: "/b", Handler: h}}
        func main() {
            r := gin.New()
            for _, route := range routes { r.Handle(route.Method, route.Path, route.Handler) }
        }
        """,
        ["GET /a h", "POST /b h"],
    ),
    "routes told apart by a switch": (
        """
        type Route struct { Method, Path string; Handler gin.HandlerFunc }
        type Routes []Route
        var routes = Routes{{"GET", "/a", h}, {"POST", "/b", h}}
        func main() {
            r := gin.New()
            for _, route := range routes {
                switch route.Method {
                case "GET":
                    r.GET(route.Path, route.Handler)
                case "POST":
                    r.POST(route.Path, route.Handler)
                }
            }
        }
        """,
        ["GET /a h", "POST /b h"],
    ),
    "functions in a list": (
        """
        var registrars = []func(*gin.RouterGroup){users}
        func init() { registrars = append(registrars, items) }
        func users(g *gin.RouterGroup) { g.GET("/users", h) }
        func items(g *gin.RouterGroup) { g.GET("/items", h) }
        func main() {
            api := gin.New().Group("/api")
            for _, register := range registrars { register(api) }
        }
        """,
        ["GET /api/items h", "GET /api/users h"],
    ),
    "a function handed a function": (
        """
        func with(r *gin.Engine, path string, add func(*gin.RouterGroup)) { add(r.Group(path)) }
        func users(g *gin.RouterGroup) { g.GET("/me", h) }
        func main() {
            r := gin.New()
            with(r, "/users", users)
            with(r, "/items", func(g *gin.RouterGroup) { g.GET("/all", h) })
        }
        """,
        ["GET /items/all h", "GET /users/me h"],
    ),
    "prefixes put together": (
        """
        const base = "/api"
        const version = base + "/v1"
        func main() {
            r := gin.New()
            r.GET(version+"/a", h)
            r.GET(fmt.Sprintf("%s/%s", base, "b"), h)
        }
        """,
        ["GET /api/v1/a h", "GET /api/b h"],
    ),
    "handlers in wrappers, and made by functions": (
        """
        func wrap(f gin.HandlerFunc) gin.HandlerFunc { return func(c *gin.Context) { f(c) } }
        func list(n int) gin.HandlerFunc { return func(c *gin.Context) {} }
        func main() {
            r := gin.New()
            r.GET("/a", wrap(h))
            r.GET("/b", list(1))
            r.GET("/c", func(c *gin.Context) {})
        }
        """,
        ["GET /a h", "GET /b list", "GET /c <anonymous>"],
    ),
    "chained": (
        """
        func main() { gin.New().Group("/api").Use(gin.Logger()).GET("/a", h).POST("/a", h) }
        """,
        ["GET /api/a h", "POST /api/a h"],
    ),
    "a variable of the package": (
        """
        var router *gin.Engine
        var api *gin.RouterGroup
        func setup() { router = gin.New(); api = router.Group("/api"); routes() }
        func routes() { api.GET("/x", h) }
        func main() { setup() }
        """,
        ["GET /api/x h"],
    ),
    "an engine that is only declared": (
        """
        func Setup(r *gin.Engine) { r.Group("/api").GET("/x", h) }
        """,
        ["GET /api/x h"],
    ),
    "a group that nothing calls": (
        """
        func Setup(g *gin.RouterGroup) { g.GET("/x", h) }
        """,
        ["? GET /x h"],
    ),
    "a name that hides its package": (
        """
        func main() {
            gin := gin.Default()
            gin.GET("/x", h)
        }
        """,
        ["GET /x h"],
    ),
    "a file": (
        """
        func main() { gin.New().StaticFile("/favicon.ico", "./f") }
        """,
        ['GET /favicon.ico "./f"'],
    ),
}


@pytest.mark.parametrize("name", MUST_LIST)
def test_lists(name: str) -> None:
    text, expected = MUST_LIST[name]
    assert sorted(rows(files_of(text), "gin")) == sorted(expected)


MUST_NOT = {
    "a client's get": 'func main() { c := resty.New(); c.GET("/x", h) }',
    "a struct's own method": (
        'type T struct{}\nfunc (t T) GET(p string, f any) {}\nfunc main() { T{}.GET("/x", h) }'
    ),
    "a directory of files": 'func main() { gin.New().Static("/assets", "./dist") }',
    "what answers everything else": "func main() { gin.New().NoRoute(h) }",
}


@pytest.mark.parametrize("name", MUST_NOT)
def test_does_not_list(name: str) -> None:
    files = files_of(MUST_NOT[name])
    files["main_test.go"] = HEAD + 'func TestX() { gin.New().GET("/test", h) }'
    assert rows(files, "gin") == []


def test_packages_and_their_names() -> None:
    files = files_of(
        """
        func main() {
            r := gin.New()
            handlers.New().Register(r.Group("/api"))
            v1.Register(r)
        }
        """
    )
    files["main.go"] = files["main.go"].replace(
        IMPORTS,
        'import (\n"github.com/gin-gonic/gin"\n"example.com/shop/internal/handlers"\n'
        '"example.com/shop/api/version1"\n)',
    )
    files["internal/handlers/handlers.go"] = """
        package handlers
        import "github.com/gin-gonic/gin"
        type Handler struct{}
        func New() *Handler { return &Handler{} }
        func (h *Handler) Register(g *gin.RouterGroup) { g.GET("/x", h.Get) }
        """
    files["internal/handlers/get.go"] = """
        package handlers
        import "github.com/gin-gonic/gin"
        func (h *Handler) Get(c *gin.Context) {}
        """
    files["api/version1/routes.go"] = """
        package v1
        import "github.com/gin-gonic/gin"
        const Prefix = "/v1"
        func Register(r gin.IRouter) { r.GET(Prefix+"/y", get) }
        func get(c *gin.Context) {}
        """
    assert rows(files, "gin") == ["GET /api/x Handler.Get", "GET /v1/y get"]


AUTH = """
func auth(required bool) gin.HandlerFunc {
    return func(c *gin.Context) {
        if c.GetHeader("Authorization") == "" {
            if required {
                c.AbortWithStatus(401)
            }
            return
        }
    }
}
func must(c *gin.Context) {
    if c.GetHeader("Authorization") == "" {
        c.AbortWithStatusJSON(http.StatusUnauthorized, nil)
        return
    }
    c.Next()
}
func maybe(c *gin.Context) {
    if c.GetHeader("Authorization") == "" {
        c.Next()
        return
    }
    if bad() {
        c.AbortWithStatus(401)
    }
}
func cors(c *gin.Context) { c.Header("X", "y"); c.Next() }
"""


@pytest.mark.parametrize(
    ("body", "auth"),
    [
        ('r.GET("/x", h)', False),
        ('r.Use(cors); r.GET("/x", h)', False),
        ('r.Use(gin.Logger(), gin.Recovery()); r.GET("/x", h)', False),
        ('r.GET("/x", must, h)', True),
        ('r.GET("/x", maybe, h)', None),
        ('r.Use(must); r.GET("/x", h)', True),
        ('r.GET("/x", h); r.Use(must)', False),
        ('g := r.Group("/g", must); g.GET("/x", h)', True),
        ('g := r.Group("/g"); r.Use(must); g.GET("/x", h)', False),
        ('g := r.Group("/g"); g.Use(must); g.GET("/x", h)', True),
        ('if r != nil { r.Use(must) }; r.GET("/x", h)', None),
        ('r.Use(other.Middleware()); r.GET("/x", h)', None),
        ('r.GET("/x", auth(true), h)', True),
        ('r.GET("/x", auth(false), h)', None),
        ('r.GET("/x", gin.BasicAuth(nil), h)', True),
    ],
)
def test_authentication(body: str, auth: bool | None) -> None:
    text = AUTH + "func main() { r := gin.New(); " + body + " }\n"
    (endpoint,) = graph(files_of(text), "gin").endpoints
    assert endpoint.auth is auth, endpoint
    assert bool(endpoint.auth_evidence) is (auth is True)


def test_middleware_in_order() -> None:
    text = AUTH + 'func main() { r := gin.New(); r.Use(cors); r.GET("/x", must, h) }'
    (endpoint,) = graph(files_of(text), "gin").endpoints
    assert endpoint.middleware == ("cors", "must")


def test_what_answers_everything_else_is_a_fact() -> None:
    found = graph(files_of("func main() { r := gin.New(); r.NoRoute(h) }"), "gin")
    (fact,) = found.facts["catchall"]
    assert [fact.source.text(n) for n in fact.all("handler")] == ["h"]


def test_what_handlers_do_is_a_fact() -> None:
    text = """
    func get(c *gin.Context) {
        id := c.Param("id")
        page := c.DefaultQuery("page", "1")
        c.ShouldBindJSON(&input)
        c.JSON(201, gin.H{"id": id})
    }
    func main() { gin.New().GET("/x", get) }
    """
    facts = graph(files_of(text), "gin").facts
    assert [f.source.text(f.captures["name"][0]) for f in facts["input"]] == ['"id"', '"page"']
    assert [f.source.text(f.captures["target"][0]) for f in facts["bind"]] == ["&input"]
    (answer,) = facts["respond"]
    assert answer.source.text(answer.captures["status"][0]) == "201"


def test_lines_are_those_of_the_method() -> None:
    text = """
    func main() {
        gin.New().
            GET("/a", h).
            POST("/b", h)
    }
    """
    first, second = graph(files_of(text), "gin").endpoints
    assert second.line == first.line + 1
