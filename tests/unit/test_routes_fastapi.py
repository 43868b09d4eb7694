"""What Python applications serve, in the shapes that real ones are written in."""

from __future__ import annotations

from textwrap import dedent

import pytest
from projects_in_memory import graph, rows

APP = "from fastapi import FastAPI, APIRouter\n"


def served(files: dict[str, str] | str) -> list[str]:
    given = {"main.py": APP + files} if isinstance(files, str) else files
    return rows(given, "fastapi")


MUST_LIST = {
    "methods": (
        """
        app = FastAPI()
        @app.get("/a")
        def a(): ...
        @app.post(path="/b")
        async def b(): ...
        @app.api_route("/c", methods=["GET", "PUT"])
        def c(): ...
        """,
        ["GET /a a", "POST /b b", "GET /c c", "PUT /c c"],
    ),
    "several decorators on one function": (
        """
        app = FastAPI()
        @app.get("/a")
        @app.get("/b")
        def a(): ...
        """,
        ["GET /a a", "GET /b a"],
    ),
    "registered by a call": (
        """
        app = FastAPI()
        def a(): ...
        app.get("/a")(a)
        app.add_api_route("/b", a, methods=["DELETE"])
        app.add_api_route(path="/c", endpoint=a)
        """,
        ["GET /a a", "DELETE /b a", "GET /c a"],
    ),
    "converters and catch-alls": (
        """
        app = FastAPI()
        @app.get("/f/{p:path}")
        def f(p): ...
        @app.get("/i/{n:int}")
        def i(n): ...
        """,
        ["GET /f/{p*} f", "GET /i/{n} i"],
    ),
    "one router under two prefixes": (
        """
        app, r = FastAPI(), APIRouter(prefix="/u")
        app.include_router(r)
        app.include_router(r, prefix="/v2")
        @r.get("")
        def u(): ...
        """,
        ["GET /u u", "GET /v2/u u"],
    ),
    "an application under another": (
        """
        app = FastAPI()
        sub = FastAPI()
        app.mount("/sub", sub)
        @sub.get("/x")
        def x(): ...
        """,
        ["GET /sub/x x"],
    ),
    "a factory that makes the application": (
        """
        r = APIRouter()
        @r.get("/x")
        def x(): ...
        def create(router, prefix):
            application = FastAPI()
            application.include_router(router, prefix=prefix)
            return application
        app = create(router=r, prefix="/api")
        """,
        ["GET /api/x x"],
    ),
    "routers in a list and a loop": (
        """
        app, a, b = FastAPI(), APIRouter(), APIRouter()
        @a.get("/a")
        def x(): ...
        @b.get("/b")
        def y(): ...
        for router, prefix in [(a, "/1"), (b, "/2")]:
            app.include_router(router, prefix=prefix)
        """,
        ["GET /1/a x", "GET /2/b y"],
    ),
    "a dictionary of routers": (
        """
        app, a, b = FastAPI(), APIRouter(), APIRouter()
        @a.get("")
        def x(): ...
        @b.get("")
        def y(): ...
        for prefix, router in {"/1": a, "/2": b}.items():
            app.include_router(router, prefix=prefix)
        """,
        ["GET /1 x", "GET /2 y"],
    ),
    "a list that grows": (
        """
        app, a = FastAPI(), APIRouter()
        @a.get("/a")
        def x(): ...
        routers = []
        routers.append(a)
        for router in routers:
            app.include_router(router)
        """,
        ["GET /a x"],
    ),
    "a class that extends the router": (
        """
        class Router(APIRouter):
            pass
        app = FastAPI()
        r = Router(prefix="/r")
        @r.get("/x")
        def x(): ...
        app.include_router(r)
        """,
        ["GET /r/x x"],
    ),
    "an application held by an object": (
        """
        class Server:
            def __init__(self):
                self.app = FastAPI()
                self.app.get("/x")(self.x)
                self.add()
            def add(self):
                self.app.add_api_route("/y", self.y)
            def x(self): ...
            def y(self): ...
        server = Server()
        """,
        ["GET /x Server.x", "GET /y Server.y"],
    ),
    "an application that is an object": (
        """
        class App(FastAPI):
            def __init__(self):
                super().__init__()
                self.include_router(r, prefix="/api")
        r = APIRouter()
        @r.get("/x")
        def x(): ...
        app = App()
        """,
        ["GET /api/x x"],
    ),
    "routers as attributes of classes": (
        """
        class Users:
            router = APIRouter(prefix="/users")
            @router.get("/me")
            def me(self): ...
        app = FastAPI()
        app.include_router(Users.router)
        """,
        ["GET /users/me Users.me"],
    ),
    "a function that adds to what it is given": (
        """
        def register(app: FastAPI):
            @app.get("/x")
            def x(): ...
        application = FastAPI()
        register(application)
        """,
        ["GET /x x"],
    ),
    "a function that makes a router for each call": (
        """
        def crud(name):
            r = APIRouter(prefix=f"/{name}")
            @r.get("")
            def everything(): ...
            return r
        app = FastAPI()
        app.include_router(crud("users"))
        app.include_router(crud("items"))
        """,
        ["GET /items everything", "GET /users everything"],
    ),
    "the name of a router, used twice": (
        """
        app = FastAPI()
        router = APIRouter(prefix="/a")
        @router.get("/x")
        def x(): ...
        app.include_router(router)
        router = APIRouter(prefix="/b")
        @router.get("/y")
        def y(): ...
        app.include_router(router)
        """,
        ["GET /a/x x", "GET /b/y y"],
    ),
    "an application inside a wrapper": (
        """
        from other import wrap
        app = FastAPI()
        @app.get("/x")
        def x(): ...
        app = wrap(app)
        """,
        ["GET /x x"],
    ),
    "a part that is unknown": (
        """
        from elsewhere import PREFIX
        app = FastAPI()
        r = APIRouter()
        @r.get("/x")
        def x(): ...
        app.include_router(r, prefix=PREFIX)
        """,
        ["GET /{?PREFIX}/x x"],
    ),
    "a router that nothing mounts": (
        """
        app = FastAPI()
        r = APIRouter(prefix="/r")
        @r.get("/x")
        def x(): ...
        """,
        ["? GET /r/x x"],
    ),
}


@pytest.mark.parametrize("name", MUST_LIST)
def test_lists(name: str) -> None:
    text, expected = MUST_LIST[name]
    assert sorted(served(dedent(text))) == sorted(expected)


MUST_NOT = {
    "a client's get": 'import httpx\nclient = httpx.Client()\nclient.get("/x")\n',
    "a dictionary's get": 'd = {}\n@d.get("/x")\ndef x(): ...\n',
    "another library's router": (
        'from other import Router\nr = Router()\n@r.get("/x")\ndef x(): ...\n'
    ),
    "a router in a test": "",
}


@pytest.mark.parametrize("name", MUST_NOT)
def test_does_not_list(name: str) -> None:
    files = {"main.py": APP + "app = FastAPI()\n" + MUST_NOT[name]}
    files["tests/test_x.py"] = APP + 'app = FastAPI()\n@app.get("/test")\ndef t(): ...\n'
    assert served(files) == []


def test_prefixes_from_settings_constants_and_enums() -> None:
    files = {
        "app/__init__.py": "",
        "app/config.py": """
            from enum import Enum
            from pydantic import Field
            from pydantic_settings import BaseSettings
            API = "/api"
            class Settings(BaseSettings):
                V1: str = "/v1"
                NAME: str = Field(default="/field")
            class Paths(str, Enum):
                USERS = "/users"
            settings = Settings()
            """,
        "app/routes.py": """
            from fastapi import APIRouter
            from .config import Paths
            router = APIRouter(prefix=Paths.USERS.value)
            @router.get("/{}".format("me"))
            def me(): ...
            """,
        "app/main.py": """
            from fastapi import FastAPI
            from app import routes, config
            from app.config import *
            app = FastAPI()
            app.include_router(routes.router, prefix=f"{config.API}{settings.V1}")
            app.include_router(routes.router, prefix=config.settings.NAME)
            """,
    }
    assert served(files) == ["GET /api/v1/users/me me", "GET /field/users/me me"]


def test_aggregation_in_packages_and_a_src_layout() -> None:
    files = {
        "src/shop/__init__.py": "",
        "src/shop/api/__init__.py": """
            from fastapi import APIRouter
            from . import items
            from .users import router as users_router
            router = APIRouter(prefix="/api")
            router.include_router(items.router, tags=["items"])
            router.include_router(users_router)
            """,
        "src/shop/api/items.py": """
            from fastapi import APIRouter
            router = APIRouter(prefix="/items")
            @router.get("/")
            def everything(): ...
            """,
        "src/shop/api/users.py": """
            from fastapi import APIRouter
            router = APIRouter(prefix="/users")
            @router.post("/")
            def create(): ...
            """,
        "src/shop/main.py": """
            from fastapi import FastAPI
            from shop.api import router
            app = FastAPI()
            app.include_router(router)
            """,
    }
    assert served(files) == ["GET /api/items/ everything", "POST /api/users/ create"]


def test_a_websocket_is_one() -> None:
    text = 'app = FastAPI()\n@app.websocket("/ws")\nasync def ws(s): ...\n'
    (endpoint,) = graph({"main.py": APP + text}, "fastapi").endpoints
    assert (endpoint.protocol, endpoint.method, endpoint.path) == ("websocket", "GET", "/ws")


def test_a_mount_of_something_from_outside_is_reported() -> None:
    text = 'from graph import ql\napp = FastAPI()\napp.include_router(ql.router, prefix="/g")\n'
    found = graph({"main.py": APP + text}, "fastapi")
    assert [u.reason for u in found.unresolved] == [
        "mounts graph.ql.router, which is not in this code"
    ]


def test_static_files_are_neither_listed_nor_reported() -> None:
    text = (
        "from fastapi.staticfiles import StaticFiles\napp = FastAPI()\n"
        'app.mount("/static", StaticFiles(directory="static"))\n'
    )
    found = graph({"main.py": APP + text}, "fastapi")
    assert found.endpoints == []
    assert found.unresolved == []


AUTH = """
from typing import Annotated
from fastapi import FastAPI, APIRouter, Depends, Header, HTTPException, Request, status
from fastapi.security import OAuth2PasswordBearer, HTTPBearer
oauth = OAuth2PasswordBearer(tokenUrl="login")
maybe = HTTPBearer(auto_error=False)
def current_user(token: Annotated[str, Depends(oauth)]): ...
CurrentUser = Annotated[dict, Depends(current_user)]
def optional_user(token=Depends(maybe)):
    if not token:
        return None
    if token.bad:
        raise HTTPException(401)
    return token
def asked_user(token=Depends(maybe)):
    if token is None:
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED)
    return token
def by_header(x_token: str = Header()):
    if x_token != "secret":
        raise HTTPException(403)
def session(): ...
from elsewhere import guard
app = FastAPI()
"""


@pytest.mark.parametrize(
    ("route", "auth"),
    [
        ('@app.get("/x")\ndef x(): ...', False),
        ('@app.get("/x")\ndef x(s=Depends(session)): ...', False),
        ('@app.get("/x")\ndef x(u=Depends(current_user)): ...', True),
        ('@app.get("/x")\ndef x(u: CurrentUser): ...', True),
        ('@app.get("/x", dependencies=[Depends(current_user)])\ndef x(): ...', True),
        ('@app.get("/x")\ndef x(u=Depends(optional_user)): ...', None),
        ('@app.get("/x")\ndef x(u=Depends(asked_user)): ...', True),
        ('@app.get("/x")\ndef x(u=Depends(by_header)): ...', True),
        ('@app.get("/x")\ndef x(u=Depends(guard)): ...', None),
        ('app.add_middleware(guard)\n@app.get("/x")\ndef x(): ...', None),
        (
            "r = APIRouter(dependencies=[Depends(current_user)])\n"
            '@r.get("/x")\ndef x(): ...\napp.include_router(r)',
            True,
        ),
        (
            'r = APIRouter()\n@r.get("/x")\ndef x(): ...\n'
            "app.include_router(r, dependencies=[Depends(current_user)])",
            True,
        ),
    ],
)
def test_authentication(route: str, auth: bool | None) -> None:
    (endpoint,) = graph({"main.py": AUTH + route}, "fastapi").endpoints
    assert endpoint.auth is auth
    assert bool(endpoint.auth_evidence) is (auth is True)


def test_served_knows_its_way() -> None:
    text = (
        'app = FastAPI()\nr = APIRouter(prefix="/u")\n@r.get("/x")\ndef x(): ...\n'
        'app.include_router(r, prefix="/api")\n'
    )
    found = graph({"main.py": APP + text}, "fastapi")
    (one,) = found.served
    assert [p.text for p in one.parts] == ["/api", "/u", "/x"]
    assert [m.path.node.text for m in one.edges if m.path] == [b'"/api"']
    assert one.handler is not None
    assert one.router.reached == ["/api/u"]
    assert one.router.prefixes[0].pieces[0].at is not None
    assert [n.is_root for n in found.routers] == [True, False]


def test_a_class_that_holds_its_handlers_dependencies() -> None:
    text = AUTH + dedent(
        """
        class Base:
            user = Depends(current_user)
        class Items(Base):
            @app.get("/x")
            def x(self): ...
        """
    )
    (endpoint,) = graph({"main.py": text}, "fastapi").endpoints
    assert endpoint.auth is True


def test_a_dependency_that_refuses_for_unknown_reasons_is_not_open() -> None:
    text = AUTH + dedent(
        """
        def policy(item: int):
            if not allowed(item):
                raise NotAllowed()
        @app.get("/x", dependencies=[Depends(policy)])
        def x(): ...
        """
    )
    (endpoint,) = graph({"main.py": text}, "fastapi").endpoints
    assert endpoint.auth is None
