; App::new()   web::scope("/x")   web::resource("/x")   web::get(): told by the matcher's [origin].
(call_expression function: [(scoped_identifier name: (identifier) @_n) (identifier) @_n] @router.is
  arguments: (arguments . (_) @router.path)
  (#any-of? @_n "new" "scope" "resource")) @router
(call_expression function: [(scoped_identifier name: (identifier) @_n) (identifier) @_n] @router.is
  arguments: (arguments . (_) @router.methods)
  (#eq? @_n "method")) @router
(call_expression function: (scoped_identifier name: (identifier) @_n) @router.is
  (#any-of? @_n
    "new" "scope" "resource" "get" "post" "put" "patch" "delete" "head" "trace" "method" "route" "to")) @router
(call_expression function: (identifier) @router.is
  (#any-of? @router.is
    "scope" "resource" "get" "post" "put" "patch" "delete" "head" "trace" "method" "route" "to")) @router

; web::to(handler)
(call_expression function: [(scoped_identifier name: (identifier) @_n) (identifier) @_n]
  (#eq? @_n "to")) @route @route.on

; #[get("/x")] async fn h(): the function is what is mounted
(attribute [(identifier) @_n (scoped_identifier name: (identifier) @_n)] @router.is
  arguments: (token_tree . (string_literal) @router.path)
  (#any-of? @_n "get" "post" "put" "patch" "delete" "head" "options" "trace" "connect" "route")) @router
(attribute [(identifier) @_n (scoped_identifier name: (identifier) @_n)]
  (#any-of? @_n "get" "post" "put" "patch" "delete" "head" "options" "trace" "connect" "route")) @route @route.on

; .route("/x", web::get().to(h))   .route(web::get().to(h))
(call_expression
  function: (field_expression value: (_) @mount.on field: (field_identifier) @_m)
  arguments: (arguments . (_) @mount.path . (_) @mount.target .)
  (#eq? @_m "route")) @mount
(call_expression
  function: (field_expression value: (_) @mount.on field: (field_identifier) @_m)
  arguments: (arguments . (_) @mount.target .)
  (#eq? @_m "route")) @mount

; .service(x)   .configure(f)
(call_expression
  function: (field_expression value: (_) @mount.on field: (field_identifier) @_m)
  (#any-of? @_m "service" "configure")) @mount

; web::get().to(h)   web::resource("/x").to(h)   web::resource("/x").get(h)
(call_expression
  function: (field_expression value: (_) @route.on field: (field_identifier) @route.method)
  arguments: (arguments . (_) .)
  (#any-of? @route.method
    "to" "to_async" "get" "post" "put" "patch" "delete" "head" "trace")) @route

; .method(Method::GET)
(call_expression
  function: (field_expression value: (_) @verbs.on field: (field_identifier) @_m)
  arguments: (arguments . (_) @verbs.methods)
  (#eq? @_m "method")) @verbs
; .guard(guard::Get())
(call_expression
  function: (field_expression value: (_) @verbs.on field: (field_identifier) @_m)
  arguments: (arguments . (call_expression
    function: [(scoped_identifier name: (identifier) @verbs.method) (identifier) @verbs.method]))
  (#eq? @_m "guard")
  (#any-of? @verbs.method "Get" "Post" "Put" "Patch" "Delete" "Head" "Options" "Trace" "Connect")) @verbs
; .guard(guard::Method(Method::GET))
(call_expression
  function: (field_expression value: (_) @verbs.on field: (field_identifier) @_m)
  arguments: (arguments . (call_expression
    function: [(scoped_identifier name: (identifier) @_g) (identifier) @_g]
    arguments: (arguments . (_) @verbs.methods)))
  (#eq? @_m "guard") (#eq? @_g "Method")) @verbs
; .guard(guard::Any(guard::Get()).or(guard::Post()))
(call_expression
  function: (field_expression value: (_) @verbs.on field: (field_identifier) @_m)
  arguments: (arguments . (call_expression
    function: [(scoped_identifier name: (identifier) @_g) (identifier) @_g]
    arguments: (arguments . (call_expression
      function: [(scoped_identifier name: (identifier) @verbs.method) (identifier) @verbs.method]))))
  (#eq? @_m "guard") (#any-of? @_g "Any" "All")
  (#any-of? @verbs.method "Get" "Post" "Put" "Patch" "Delete" "Head" "Options" "Trace" "Connect")) @verbs
(call_expression
  function: (field_expression value: (_) @verbs.on field: (field_identifier) @_m)
  arguments: (arguments . (call_expression
    function: (field_expression
      value: (call_expression
        function: [(scoped_identifier name: (identifier) @_g) (identifier) @_g]
        arguments: (arguments . (call_expression
          function: [(scoped_identifier name: (identifier) @verbs.method) (identifier) @verbs.method])))
      field: (field_identifier) @_or)))
  (#eq? @_m "guard") (#any-of? @_g "Any" "All") (#any-of? @_or "or" "and")
  (#any-of? @verbs.method "Get" "Post" "Put" "Patch" "Delete" "Head" "Options" "Trace" "Connect")) @verbs
(call_expression
  function: (field_expression value: (_) @verbs.on field: (field_identifier) @_m)
  arguments: (arguments . (call_expression
    function: (field_expression field: (field_identifier) @_or)
    arguments: (arguments . (call_expression
      function: [(scoped_identifier name: (identifier) @verbs.method) (identifier) @verbs.method]))))
  (#eq? @_m "guard") (#eq? @_or "or")
  (#any-of? @verbs.method "Get" "Post" "Put" "Patch" "Delete" "Head" "Options" "Trace" "Connect")) @verbs

; .wrap(mw)   .wrap_fn(|req, srv| …)
(call_expression
  function: (field_expression value: (_) @middleware.on field: (field_identifier) @_m)
  (#any-of? @_m "wrap" "wrap_fn" "middleware")) @middleware

; .default_service(web::to(not_found))
(call_expression
  function: (field_expression value: (_) @catchall.on field: (field_identifier) @_m)
  arguments: (arguments . (_) @catchall.handler)
  (#eq? @_m "default_service")) @catchall

; req.headers().get("Authorization")   session.get::<Uuid>("user_id")   req.cookie("token")
(call_expression
  function: [
    (field_expression value: (_) @read.on field: (field_identifier) @_g)
    (generic_function function: (field_expression value: (_) @read.on field: (field_identifier) @_g))]
  arguments: (arguments . (_) @read.name .)
  (#any-of? @_g "get" "cookie" "contains_key" "get_all")) @read
; req.get_identity()   req.get_session()   id.identity()
(call_expression
  function: (field_expression value: (_) @read.on field: (field_identifier) @read.name)
  (#any-of? @read.name "get_identity" "identity")) @read
; BearerAuth::extract(&req)   BearerAuth::from_request(…)
(call_expression
  function: (scoped_identifier path: (identifier) @_t name: (identifier) @read.name)
  (#match? @_t "Auth(orization)?$|Identity|Session")
  (#any-of? @read.name "extract" "from_request" "parse")) @read

; ErrorUnauthorized("…")   HttpResponse::Unauthorized()   AppError::Unauthorized   StatusCode::UNAUTHORIZED
((scoped_identifier name: (identifier) @error.status) @error
  (#match? @error.status "Unauthorized$|^UNAUTHORIZED$|Unauthenticated$|Forbidden$|^FORBIDDEN$"))
(call_expression function: (identifier) @error.status
  (#match? @error.status "^Error(Unauthorized|Forbidden)$|^[Uu]nauthorized$|^[Ff]orbidden$")) @error
; a redirect to where one logs in
(call_expression arguments: (arguments (string_literal) @error.status)
  (#match? @error.status "^\"/(auth/)?(login|log-in|signin|sign-in)")) @error
(call_expression arguments: (arguments (tuple_expression (_) (string_literal) @error.status))
  (#match? @error.status "^\"/(auth/)?(login|log-in|signin|sign-in)")) @error

; ws::start(Session {}, &req, stream)   actix_ws::handle(&req, body)   WsResponseBuilder::new(…)
(call_expression function: [
    (scoped_identifier name: (identifier) @_n) (identifier) @_n
    (generic_function function: (scoped_identifier name: (identifier) @_n))] @upgrade.is
  (#any-of? @_n "start" "start_with_addr" "start_with_protocols" "handle" "handle_with_protocols" "handshake")) @upgrade
(call_expression function: (scoped_identifier path: (_) @_b name: (identifier) @_n) @upgrade.is
  (#match? @_b "WsResponseBuilder$") (#eq? @_n "new")) @upgrade

; req.extensions().get::<Claims>()
(call_expression function: (generic_function
  function: (field_expression value: (_) @read.on field: (field_identifier) @_g)
  type_arguments: (type_arguments . [(type_identifier) @read.name (scoped_type_identifier name: (_) @read.name)]))
  (#any-of? @_g "get" "remove")) @read
