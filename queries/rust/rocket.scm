; rocket::build()   rocket::custom(config)   AdHoc::on_ignite("x", |rocket| …): told by the matcher's [origin].
(call_expression function: (scoped_identifier name: (identifier) @_n) @router.is
  (#any-of? @_n "build" "custom" "ignite" "on_ignite" "try_on_ignite" "on_attach")) @router

; #[get("/<id>?<q>", data = "<x>")] fn h(): the function is what is mounted
(attribute [(identifier) @_n (scoped_identifier name: (identifier) @_n)] @router.is
  arguments: (token_tree . (string_literal) @router.path)
  (#any-of? @_n "get" "post" "put" "patch" "delete" "head" "options")) @router
(attribute [(identifier) @_n (scoped_identifier name: (identifier) @_n)]
  (#any-of? @_n "get" "post" "put" "patch" "delete" "head" "options" "route")) @route @route.on
; #[route(GET, uri = "/x")]   #[route(GET, "/x")]   #[route("/x", method = GET)]
(attribute [(identifier) @_n (scoped_identifier name: (identifier) @_n)] @router.is
  arguments: (token_tree . (identifier) @router.methods . (string_literal) @router.path)
  (#eq? @_n "route")) @router
(attribute [(identifier) @_n (scoped_identifier name: (identifier) @_n)] @router.is
  arguments: (token_tree . (identifier) @router.methods . (identifier) @_uri . (string_literal) @router.path)
  (#eq? @_n "route") (#any-of? @_uri "uri" "path")) @router
(attribute [(identifier) @_n (scoped_identifier name: (identifier) @_n)] @router.is
  arguments: (token_tree . (string_literal) @router.path . (identifier) @_k . (identifier) @router.methods)
  (#eq? @_n "route") (#eq? @_k "method")) @router

; Route::new(Method::Get, "/x", handler)   Route::ranked(1, Method::Get, "/x", handler)
(call_expression function: (scoped_identifier path: (_) @_r name: (identifier) @_n) @router.is
  arguments: (arguments . (_) @router.methods . (_) @router.path . (_) @route.handler)
  (#match? @_r "Route$") (#eq? @_n "new")) @router @route @route.on
(call_expression function: (scoped_identifier path: (_) @_r name: (identifier) @_n) @router.is
  arguments: (arguments . (_) . (_) @router.methods . (_) @router.path . (_) @route.handler)
  (#match? @_r "Route$") (#eq? @_n "ranked")) @router @route @route.on

; rocket.mount("/base", routes![a, b::c])
(call_expression
  function: (field_expression value: (_) @mount.on field: (field_identifier) @mount.method)
  arguments: (arguments . (_) @mount.path . (_) @mount.target .)
  (#eq? @mount.method "mount")) @mount

; rocket.attach(stage())
(call_expression
  function: (field_expression value: (_) @mount.on field: (field_identifier) @mount.method)
  arguments: (arguments . (_) @mount.target .)
  (#eq? @mount.method "attach")) @mount

; AdHoc::on_ignite("x", |rocket| …): the function takes the router that it is attached to
(call_expression function: (scoped_identifier name: (identifier) @_n)
  arguments: (arguments (_) . (_) @mount.target .)
  (#any-of? @_n "on_ignite" "try_on_ignite" "on_attach")) @mount @mount.on

; request.headers().get_one("Authorization")   cookies.get_private("user_id")
(call_expression
  function: (field_expression value: (_) @read.on field: (field_identifier) @_g)
  arguments: (arguments . (_) @read.name .)
  (#any-of? @_g "get" "get_one" "get_private" "contains" "get_pending")) @read

; Status::Unauthorized   ApiError::Unauthorized   Outcome::Forward(…)
((scoped_identifier name: (identifier) @error.status) @error
  (#match? @error.status "Unauthorized$|Unauthenticated$|Forbidden$|^Forward$|^BadRequest$"))
(call_expression
  function: (field_expression field: (field_identifier) @error.status)
  (#eq? @error.status "or_forward")) @error

; fn echo(ws: WebSocket)
(parameter type: [(type_identifier) @_t (scoped_type_identifier name: (type_identifier) @_t)] @upgrade.is
  (#eq? @_t "WebSocket")) @upgrade

; request.guard::<User>(): what another guard lets pass
(call_expression function: (generic_function
  function: (field_expression value: (_) @read.on field: (field_identifier) @_g)
  type_arguments: (type_arguments . [
    (type_identifier) @read.name (scoped_type_identifier name: (_) @read.name)
    (generic_type type: (type_identifier) @read.name)]))
  (#eq? @_g "guard")) @read
