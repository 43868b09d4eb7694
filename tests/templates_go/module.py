"""A small Go module around the rendered files, so that they compile, boot and are tested."""

from __future__ import annotations

from pathlib import Path

from apimod.planning.output import format_go
from templates_go.contexts import MODULE, Shape

GO_MOD = f"""module {MODULE}

go 1.26.0

require (
	github.com/gin-gonic/gin v1.12.0
	github.com/glebarez/sqlite v1.11.0
	github.com/go-playground/validator/v10 v10.30.1
	github.com/google/uuid v1.6.0
	github.com/shopspring/decimal v1.4.0
	github.com/stretchr/testify v1.12.1
	golang.org/x/crypto v0.48.0
	gorm.io/driver/postgres v1.6.3
	gorm.io/gorm v1.31.2
)
"""
TEAM = """
// Team is what users belong to.
type Team struct {
	ID   uint   `gorm:"primaryKey" json:"id"`
	Name string `gorm:"not null" json:"name"`
}
"""
AUTH = """
// RequireUser lets only requests through that say whose they are.
func RequireUser(c *gin.Context) {
	id, err := strconv.ParseUint(c.GetHeader("X-User"), 10, 32)
	if err != nil {
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": "unauthorized"})
		return
	}
	c.Set("user", uint(id))
	c.Next()
}

// UserID returns the user that RequireUser found.
func UserID(c *gin.Context) uint { return c.MustGet("user").(uint) }
"""
OPEN = """
// Open connects to PostgreSQL when url says so, and to an SQLite file otherwise.
func Open(url string) (*gorm.DB, error) {
	config := &gorm.Config{
		Logger:         logger.Default.LogMode(logger.Silent),
		TranslateError: TRANSLATES,
	}
	if strings.HasPrefix(url, "postgres://") {
		return gorm.Open(postgres.Open(url), config)
	}
	options := "?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_txlock=immediate"
	return gorm.Open(sqlite.Open(url+options), config)
}
"""
SIBLING = """
// ErrNotFound and the others are what every resource returns.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("already exists")
	ErrInUse    = errors.New("still in use")
)
"""
FAIL = """
func fail(c *gin.Context, err error) {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		c.JSON(http.StatusNotFound, gin.H{"error": "not found"})
	case errors.Is(err, gorm.ErrDuplicatedKey):
		c.JSON(http.StatusConflict, gin.H{"error": "already exists"})
	default:
		log.Print(err)
		c.JSON(http.StatusInternalServerError, gin.H{"error": "internal server error"})
	}
}
"""
RESPONSE = """
// Meta says which part of a list was sent.
type Meta struct {
	Total  int64 `json:"total"`
	Offset int   `json:"offset"`
	Limit  int   `json:"limit"`
}

// OK answers with one resource.
func OK(c *gin.Context, data any) { With(c, http.StatusOK, data) }

// With answers with one resource and a status.
func With(c *gin.Context, status int, data any) { c.JSON(status, gin.H{"data": data}) }

// List answers with a part of a list.
func List(c *gin.Context, data any, meta Meta) {
	c.JSON(http.StatusOK, gin.H{"data": data, "meta": meta})
}

// Fail ends the request with a problem.
func Fail(c *gin.Context, status int, code, message string) {
	c.AbortWithStatusJSON(status, gin.H{"error": gin.H{"code": code, "message": message}})
}

// InvalidFields ends a request in which these fields are wrong.
func InvalidFields(c *gin.Context, details map[string]string) {
	c.AbortWithStatusJSON(http.StatusUnprocessableEntity, gin.H{
		"error": gin.H{"code": "INVALID", "details": details},
	})
}

// Error ends the request with what the database's error means to the client.
func Error(c *gin.Context, err error) {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		Fail(c, http.StatusNotFound, "NOT_FOUND", "There is no such thing.")
	case errors.Is(err, gorm.ErrDuplicatedKey):
		Fail(c, http.StatusConflict, "DUPLICATE", "This value is taken.")
	default:
		log.Print(err)
		Fail(c, http.StatusInternalServerError, "INTERNAL", "Something went wrong.")
	}
}
"""
WINDOW = """
// Window is the part of a list that a client asks for.
type Window struct {
	Offset int `form:"offset" binding:"min=0,max=1000000000"`
	Limit  int `form:"limit,default=20" binding:"min=1,max=100"`
}
"""
_GIN = '"github.com/gin-gonic/gin"'


def write(root: Path, shape: Shape, made: dict[str, str]) -> None:
    """Write the module and the rendered files below ``root``."""
    for path, text in {**project(shape), **made}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(format_go(text) if path.endswith(".go") and path not in made else text)


def write_versions(root: Path) -> None:
    """Write a module that uses every library of any shape, for one ``go.mod`` and ``go.sum``."""
    used = (
        "github.com/gin-gonic/gin", "github.com/glebarez/sqlite", "github.com/google/uuid",
        "github.com/go-playground/validator/v10", "github.com/shopspring/decimal",
        "github.com/stretchr/testify/require", "golang.org/x/crypto/argon2",
        "gorm.io/driver/postgres", "gorm.io/gorm",
    )  # fmt: skip
    (root / "go.mod").write_text(GO_MOD)
    (root / "used.go").write_text(_file("used", [f'_ "{path}"' for path in used], ""))


def project(shape: Shape) -> dict[str, str]:
    """Return the files of the project as its team wrote it."""
    home = bool(shape.home)
    opened = OPEN.replace("TRANSLATES", str(shape.translates).lower())
    gorm = '"gorm.io/gorm"'
    drivers = ['"gorm.io/gorm/logger"', '"github.com/glebarez/sqlite"', '"gorm.io/driver/postgres"']
    files = {"go.mod": GO_MOD}
    if home:
        auth = AUTH.replace("RequireUser", "requireUser").replace("UserID", "userID")
        uses = ['"strconv"', '"net/http"', _GIN]
        if shape.owner:
            files["auth.go"] = _file("main", uses, auth)
        files["team.go"] = _file("main", [], TEAM)
        files["open.go"] = _file(
            "main",
            ['"strings"', gorm, *drivers],
            opened.replace("func Open(", "func open(").replace("// Open", "// open")
            + "\nvar db *gorm.DB\n",
        )
        folder, package = "", "main"
    else:
        files["internal/middleware/auth.go"] = _file(
            "middleware", ['"strconv"', '"net/http"', _GIN], AUTH
        )
        files["internal/models/team.go"] = _file("models", [], TEAM)
        files["internal/database/open.go"] = _file(
            "database",
            ['"strings"', gorm, *drivers],
            opened + "\n// DB is the database.\nvar DB *gorm.DB\n",
        )
        folder, package = "internal/handlers/", "handlers"
    if shape.embedded:
        uses = ['"errors"', '"log"', '"net/http"', _GIN, gorm]
        files["internal/response/response.go"] = _file("response", uses, RESPONSE)
        files["internal/handlers/window.go"] = _file("handlers", [], WINDOW)
    if shape.siblings and not shape.layers:
        uses = ['"errors"', '"log"', '"net/http"', _GIN, gorm]
        files[f"{folder}fail.go"] = _file(package, uses, FAIL)
    if shape.siblings and shape.layers:
        layer = (
            "service"
            if "service" in shape.layers and "repository" not in shape.layers
            else "repository"
        )
        where = {
            "service": ("internal/services/", "services"),
            "repository": ("internal/repository/", "repository"),
        }[layer]
        place, name = ("", "main") if home else where
        files[f"{place}errors.go"] = _file(name, ['"errors"'], SIBLING)
    files["main.go"] = main(shape)
    return files


def _file(package: str, imports: list[str], body: str) -> str:
    block = "import (\n" + "".join(f"\t{i}\n" for i in sorted(imports)) + ")\n" if imports else ""
    doc = "" if package == "main" else f"// Package {package} is part of the shop.\n"
    return f"{doc}package {package}\n\n{block}{body}"


def main(shape: Shape) -> str:
    """Return the program: opens the database, migrates, seeds teams, serves."""
    home = bool(shape.home)
    one = shape.singular.pascal
    models, db, auth = (
        ("", "db", "requireUser") if home else ("models.", "database.DB", "middleware.RequireUser")
    )
    opened = "open" if home else "database.Open"
    migrate = [f"&{models}Team{{}}"] + ([] if shape.migration else [f"&{models}{one}{{}}"])
    lines = [
        "func main() {",
        f'\tvar err error\n\tif {db}, err = {opened}(os.Getenv("DATABASE_URL")); err != nil {{',
        "\t\tlog.Fatal(err)\n\t}",
        f"\tif err := {db}.AutoMigrate({', '.join(migrate)}); err != nil {{",
        "\t\tlog.Fatal(err)\n\t}",
        "\tfor i := range 3 {",
        f'\t\t{db}.Create(&{models}Team{{Name: fmt.Sprint("team", i)}})\n\t}}',
        '\tgin.SetMode(gin.ReleaseMode)\n\trouter := gin.New()\n\tapi := router.Group("/api/v1")',
    ]
    if shape.owner:
        lines.append(f"\tapi.Use({auth})")
    if shape.migration:
        lines.append(
            f'\tpath := "migrations/000002_create_{shape.plural.snake}.up.sql"\n'
            "\tif script, err := os.ReadFile(path); err != nil {\n"
            "\t\tlog.Fatal(err)\n"
            f"\t}} else if err := {db}.Exec(string(script)).Error; err != nil {{\n"
            "\t\tlog.Fatal(err)\n\t}"
        )
    lines += wiring(shape, db)
    lines.append('\tlog.Fatal(router.Run("127.0.0.1:" + os.Getenv("PORT")))\n}')
    body = "\n".join(lines) + "\n"
    imports = ['"fmt"', '"log"', '"os"', _GIN]
    for package in ("database", "handlers", "middleware", "models", "repository", "services"):
        if f"{package}." in body:
            imports.append(f'"{MODULE}/internal/{package}"')
    return _file("main", imports, "\n" + body)


def wiring(shape: Shape, db: str) -> list[str]:
    """Return the statements that make the layers and register the routes."""
    one = shape.singular.pascal
    made, value = [], db
    for layer in ("repository", "service"):
        if layer in shape.layers:
            package = (
                "" if shape.home else {"service": "services.", "repository": "repository."}[layer]
            )
            made.append(f"\t{layer} := {package}New{one}{layer.capitalize()}({value})")
            value = layer
    prefix = "" if shape.home else "handlers."
    if shape.form == "class":
        made.append(f"\thandler := {prefix}New{one}Handler({value})")
    if shape.register:
        given = {"class": ", handler", "closures": f", {value}", "functions": ""}[shape.form]
        made.append(f"\t{prefix}Register{one}Routes(api{given})")
        return made
    many = shape.plural.pascal
    for op in shape.ops:
        method = {
            "create": "POST",
            "update": "PATCH" if shape.deviating else "PUT",
            "delete": "DELETE",
        }.get(op, "GET")
        path = f"/{shape.plural.kebab}" + ("" if op in ("create", "list") else "/:id")
        if shape.form == "class":
            call = f"handler.{op.capitalize()}"
        else:
            name = f"{op.capitalize()}{many if op == 'list' else one}"
            call = prefix + (name[:1].lower() + name[1:] if shape.home else name)
            call += f"({value})" if shape.form == "closures" else ""
        made.append(f'\tapi.{method}("{path}", {call})')
    return made
