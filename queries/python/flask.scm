; Routers: applications and blueprints are told apart by the matcher's [origin].
(call function: (_) @router.is @_n (#match? @_n "(Flask|Quart|Blueprint|Api|API|App|OpenAPI|Namespace|Sock|Lambda)$")) @router

; api = Api(app)   api = Api(blueprint, prefix="/x")   sock = Sock(app)
(call
  function: (_) @group.is
  arguments: (argument_list . [(identifier) (attribute)] @group.on)
  (#match? @group.is "(Api|API|Sock|Sockets)$")) @group
(call
  function: (_) @group.is
  arguments: (argument_list (keyword_argument name: (_) @_a value: (_) @group.on))
  (#match? @group.is "(Api|API|Sock)$") (#any-of? @_a "app" "blueprint")) @group

; users = api.namespace("users", path="/users")
(call
  function: (attribute object: (_) @group.on attribute: (identifier) @_m) @group.is
  (#eq? @_m "namespace")) @group

; @app.route("/x", methods=["GET"])   @bp.get("/x")   over a function or a class
(decorated_definition
  (decorator (call function: (attribute object: (_) @route.on attribute: (identifier) @route.method)) @route)
  definition: (_) @route.handler
  (#any-of? @route.method "route" "get" "post" "put" "patch" "delete" "websocket" "resource"))

; app.route("/x")(f)
(call
  function: (call function: (attribute object: (_) @route.on attribute: (identifier) @route.method)) @route
  arguments: (argument_list . (_) @route.handler)
  (#any-of? @route.method "route" "get" "post" "put" "patch" "delete"))

; app.add_url_rule("/x", view_func=f)   api.add_resource(Users, "/users", "/people")
(call
  function: (attribute object: (_) @route.on attribute: (identifier) @route.method)
  (#any-of? @route.method "add_url_rule" "add_resource")) @route

; app.register_blueprint(bp, url_prefix="/x")   api.add_namespace(ns, path="/x")
(call
  function: (attribute object: (_) @mount.on attribute: (identifier) @mount.method)
  (#any-of? @mount.method "register_blueprint" "add_namespace" "register_api")) @mount

; DispatcherMiddleware(app, {"/x": other})
(call
  function: (_) @_d
  arguments: (argument_list . (_) @mount.on . (dictionary
    (pair key: (_) @mount.path value: (_) @mount.target) @mount))
  (#match? @_d "DispatcherMiddleware$"))

; api.init_app(app)   where api is a router too
(call
  function: (attribute object: (_) @mount.target attribute: (identifier) @mount.method)
  arguments: (argument_list . (_) @mount.on)
  (#eq? @mount.method "init_app")) @mount

; @app.before_request   app.before_request(f)
(decorated_definition
  (decorator (attribute object: (_) @middleware.on attribute: (identifier) @_m)) @middleware
  definition: (function_definition) @middleware.target
  (#any-of? @_m "before_request" "before_app_request"))
(call
  function: (attribute object: (_) @middleware.on attribute: (identifier) @_m)
  arguments: (argument_list . (_) @middleware.target)
  (#any-of? @_m "before_request" "before_app_request")) @middleware

; abort(401)   abort(HTTPStatus.UNAUTHORIZED)   api.abort(401, "…")
(call function: (identifier) @_f (#eq? @_f "abort")) @error
(call function: (attribute attribute: (identifier) @_f) (#eq? @_f "abort")) @error

; raise Unauthorized()   raise Forbidden   raise ApiError("…", 401)
(raise_statement (call function: (_) @error.status (#match? @error.status "(Unauthorized|Forbidden)$"))) @error
(raise_statement [(identifier) (attribute)] @error.status (#match? @error.status "(Unauthorized|Forbidden)$")) @error
(raise_statement (call arguments: (argument_list (integer) @error.status))) @error
(raise_statement (call arguments: (argument_list (keyword_argument name: (_) @_k value: (_) @error.status)))
  (#match? @_k "^(status|code|status_code)$")) @error

; return {"error": "…"}, 401   return make_response(…, 401)   return Response(…, status=401)
(return_statement (expression_list (_) @respond.body . (_) @respond.status)) @respond
(return_statement (tuple (_) @respond.body . (_) @respond.status)) @respond
(return_statement (call arguments: (argument_list (integer) @respond.status))) @respond
(return_statement (call
  arguments: (argument_list (keyword_argument name: (_) @_k value: (_) @respond.status)))
  (#match? @_k "^(status|status_code|code)$")) @respond

; if …: return redirect(url_for("auth.login"))   return redirect("/login")   return login_manager.unauthorized()
(if_statement consequence: (block (return_statement (call
  function: (_) @_r
  arguments: (argument_list . (call function: (_) @_u arguments: (argument_list . (string) @respond.status))))) @respond)
  (#match? @_r "redirect$") (#match? @_u "url_for$"))
(if_statement consequence: (block (return_statement (call
  function: (_) @_r arguments: (argument_list . (string) @respond.status))) @respond)
  (#match? @_r "redirect$"))

(else_clause body: (block (return_statement (call
  function: (_) @_r
  arguments: (argument_list . (call function: (_) @_u arguments: (argument_list . (string) @respond.status))))) @respond)
  (#match? @_r "redirect$") (#match? @_u "url_for$"))
(else_clause body: (block (return_statement (call
  function: (_) @_r arguments: (argument_list . (string) @respond.status))) @respond)
  (#match? @_r "redirect$"))

; request.headers["Authorization"]   request.headers.get("X-API-Key")   session["user_id"]   session.get("user")
(subscript value: (attribute attribute: (identifier) @_h) subscript: (_) @read.name
  (#any-of? @_h "headers" "cookies")) @read
(subscript value: (identifier) @_h subscript: (_) @read.name (#eq? @_h "session")) @read
(subscript value: (attribute attribute: (identifier) @_h) subscript: (_) @read.name (#eq? @_h "session")) @read
(call
  function: (attribute object: (attribute attribute: (identifier) @_h) attribute: (identifier) @_g)
  arguments: (argument_list . (_) @read.name)
  (#any-of? @_h "headers" "cookies" "session") (#eq? @_g "get")) @read
(call
  function: (attribute object: (identifier) @_h attribute: (identifier) @_g)
  arguments: (argument_list . (_) @read.name)
  (#eq? @_h "session") (#eq? @_g "get")) @read
(comparison_operator (string) (identifier) @read.name (#eq? @read.name "session")) @read
(call
  function: (attribute object: (identifier) @read.name attribute: (identifier) @_g)
  (#eq? @read.name "session") (#eq? @_g "get")) @read

; request.authorization   g.user   current_user.is_authenticated
(attribute object: (identifier) @_o attribute: (identifier) @read.name
  (#any-of? @_o "request" "g" "current_user")
  (#any-of? @read.name "authorization" "user" "current_user" "user_id" "is_authenticated" "is_anonymous" "is_admin")) @read
