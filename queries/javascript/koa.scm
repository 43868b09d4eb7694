; inherits: _node_http

; new Koa()   new Router({ prefix: "/x" })   Router()   mount("/x", app)   compose([a, b])
(new_expression constructor: (_) @router.is @_n
  (#match? @_n "[rR]outer$|[kK]oa$|^App$|^Application$")) @router
(call_expression function: (_) @router.is @_n
  (#match? @_n "[rR]outer$|[kK]oa$|router[\"']\\)$|[mM]ount$|[cC]ompose$|\\.(get|post|put|patch|del|delete|all|head|options)$")) @router

; router.get("name", "/x", middleware…, handler)
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . [(string) (template_string)] . [(string) (template_string) (regex)] @route.path
    . (_)* @route.middleware . (_) @route.handler .)
  (#any-of? @route.method
    "get" "post" "put" "patch" "delete" "del" "head" "options" "all" "link" "unlink" "trace" "connect" "copy" "lock"
    "mkcol" "move" "propfind" "proppatch" "purge" "report" "search" "unlock" "subscribe" "unsubscribe" "notify")) @route

; router.get("/x", middleware…, handler)
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . (_) @route.path . (_))
  (#any-of? @route.method
    "get" "post" "put" "patch" "delete" "del" "head" "options" "all" "link" "unlink" "trace" "connect" "copy" "lock"
    "mkcol" "move" "propfind" "proppatch" "purge" "report" "search" "unlock" "subscribe" "unsubscribe" "notify")) @route

; router.redirect("/old", "/new")
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . (_) @route.path . (_))
  (#eq? @route.method "redirect")) @route

; router[method]("/x", middleware…, handler)
(call_expression
  function: (subscript_expression object: (_) @route.on index: (_) @route.methods)
  arguments: (arguments . (_) @route.path . (_))) @route

; router.register("/x", ["get", "post"], [middleware, handler])   router.route({ method, path, handler })
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  (#any-of? @route.method "register" "route")) @route

; app.use(route.get("/x", handler)): a route that is middleware
(call_expression
  function: (member_expression object: (_) @_r property: (property_identifier) @route.method)
  arguments: (arguments . (_) @route.path . (_))
  (#match? @_r "^(route|r|_|koaRoute|[a-z]*Route)$")
  (#any-of? @route.method "get" "post" "put" "patch" "delete" "del" "head" "options" "all")) @route @route.on

; app.use(router.routes())   router.use("/x", middleware…, nested.routes())
(call_expression
  function: (member_expression object: (_) @mount.on property: (property_identifier) @_u)
  (#eq? @_u "use")) @mount
(call_expression
  function: (member_expression object: (_) @middleware.on property: (property_identifier) @_u)
  (#eq? @_u "use")) @middleware

; mount("/x", other)   mount(other)   compose([a.routes(), b.routes()])
(call_expression function: (identifier) @_m
  arguments: (arguments . (_) @mount.path . (_) @mount.target .)
  (#match? @_m "[mM]ount$")) @mount @mount.on
(call_expression function: (identifier) @_m
  arguments: (arguments . (_) @mount.target .)
  (#match? @_m "[mM]ount$|[cC]ompose$")) @mount @mount.on
(call_expression function: (identifier) @_m
  arguments: (arguments . (_) @middleware.target .)
  (#match? @_m "[cC]ompose$")) @middleware @middleware.on

; router.prefix("/x")
(call_expression
  function: (member_expression object: (_) @prefix.on property: (property_identifier) @_p)
  arguments: (arguments . (_) @prefix.path .)
  (#eq? @_p "prefix")) @prefix

; ctx.throw(401)   ctx.assert(user, 401)
(call_expression
  function: (member_expression object: (_) @respond.on property: (property_identifier) @_t)
  arguments: (arguments . (_) @respond.status)
  (#eq? @_t "throw")) @respond
(call_expression
  function: (member_expression object: (_) @respond.on property: (property_identifier) @_t)
  arguments: (arguments . (_) . (_) @respond.status)
  (#eq? @_t "assert")) @respond
