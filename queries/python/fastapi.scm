; Routers: applications and routers are told apart by the matcher's [origin].
(call function: (_) @router.is @_n (#match? @_n "(FastAPI|Starlette|Router|App|API)$")) @router

; @router.get("/x") def f(): …   also @app.api_route, @app.websocket
(decorated_definition
  (decorator (call function: (attribute object: (_) @route.on attribute: (identifier) @route.method)) @route)
  definition: (function_definition) @route.handler
  (#any-of? @route.method
    "get" "post" "put" "patch" "delete" "options" "head" "trace"
    "api_route" "route" "websocket" "websocket_route"))

; router.get("/x")(f)
(call
  function: (call function: (attribute object: (_) @route.on attribute: (identifier) @route.method)) @route
  arguments: (argument_list . (_) @route.handler)
  (#any-of? @route.method
    "get" "post" "put" "patch" "delete" "options" "head" "trace"
    "api_route" "websocket"))

; router.add_api_route("/x", f, methods=[…])
(call
  function: (attribute object: (_) @route.on attribute: (identifier) @route.method)
  (#any-of? @route.method
    "add_api_route" "add_route" "add_api_websocket_route" "add_websocket_route")) @route

; app.include_router(router, prefix="/x")   app.mount("/x", other)
(call
  function: (attribute object: (_) @mount.on attribute: (identifier) @_m)
  (#any-of? @_m "include_router")) @mount
(call
  function: (attribute object: (_) @mount.on attribute: (identifier) @_m)
  arguments: (argument_list . (_) @mount.path . [(identifier) (attribute) (call)] @mount.target)
  (#eq? @_m "mount")) @mount
(call
  function: (attribute object: (_) @mount.on attribute: (identifier) @_m)
  arguments: (argument_list . [(string) (identifier) (attribute)] @mount.path
    (keyword_argument name: (_) @_a value: (_) @mount.target))
  (#eq? @_m "mount") (#eq? @_a "app")) @mount
(call
  function: (attribute object: (_) @mount.on attribute: (identifier) @_m)
  arguments: (argument_list
    (keyword_argument name: (_) @_p value: (_) @mount.path)
    (keyword_argument name: (_) @_a value: (_) @mount.target))
  (#eq? @_m "mount") (#eq? @_p "path") (#eq? @_a "app")) @mount

; app.add_middleware(X)   @app.middleware("http")
(call
  function: (attribute object: (_) @middleware.on attribute: (identifier) @_m)
  arguments: (argument_list . (_) @middleware.target)
  (#eq? @_m "add_middleware")) @middleware
(decorated_definition
  (decorator (call function: (attribute object: (_) @middleware.on attribute: (identifier) @_m)) @middleware)
  definition: (function_definition) @middleware.target
  (#eq? @_m "middleware"))

; raise HTTPException(status_code=404, detail="…")
(raise_statement (call function: (_) @_e) @error (#match? @_e "HTTPException$"))

; request.headers["Authorization"]   request.headers.get("Authorization")   request.cookies.get("x")
(subscript value: (attribute object: (_) @read.on attribute: (identifier) @_h) subscript: (_) @read.name
  (#any-of? @_h "headers" "cookies")) @read
(call
  function: (attribute
    object: (attribute object: (_) @read.on attribute: (identifier) @_h) attribute: (identifier) @_g)
  arguments: (argument_list . (_) @read.name)
  (#any-of? @_h "headers" "cookies") (#eq? @_g "get")) @read

; def f(x_token: str = Header()), def f(x_token: Annotated[str, Header()])
(typed_default_parameter name: (identifier) @read.name
  value: (call function: (_) @_h) (#match? @_h "(Header|Cookie)$")) @read
(typed_parameter . (identifier) @read.name
  type: (type (generic_type (type_parameter (type (call function: (_) @_h)))))
  (#match? @_h "(Header|Cookie)$")) @read

; def f(page: int = Query(1, ge=1))
(typed_default_parameter name: (identifier) @input.name
  value: (call function: (_) @input.source) @input.default
  (#match? @input.source "(Query|Path|Header|Cookie|Form|File|Body)$")) @input

; raise-less answers: Response(status_code=…), JSONResponse(content, status_code=…)
(call function: (_) @_r (#match? @_r "Response$")) @respond
