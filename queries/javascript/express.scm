; inherits: _node_http

; express()   express.Router()   new Router()
(call_expression function: (_) @router.is @_n
  (#match? @_n "([rR]outer|[eE]xpress|[aA]pp)$")) @router
(new_expression constructor: (_) @router.is @_n
  (#match? @_n "[rR]outer$")) @router

; router.route("/x")
(call_expression
  function: (member_expression object: (_) @group.on property: (property_identifier) @group.whole)
  arguments: (arguments . (_) @group.path .)
  (#eq? @group.whole "route")) @group

; router.get("/x", middleware…, handler)   router.route("/x").get(middleware…, handler)
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . (_) @route.path)
  (#any-of? @route.method
    "get" "post" "put" "patch" "delete" "del" "head" "options" "all" "trace" "connect" "copy" "lock" "mkcol"
    "move" "propfind" "proppatch" "purge" "report" "search" "unlock" "merge" "notify" "subscribe" "unsubscribe"
    "ws")) @route

; app[method]("/x", middleware…, handler)
(call_expression
  function: (subscript_expression object: (_) @route.on index: (_) @route.methods)
  arguments: (arguments . (_) @route.path)) @route

; app.use("/x", middleware…, router)
(call_expression
  function: (member_expression object: (_) @mount.on property: (property_identifier) @_u)
  (#eq? @_u "use")) @mount
(call_expression
  function: (member_expression object: (_) @middleware.on property: (property_identifier) @_u)
  (#eq? @_u "use")) @middleware

; server.applyMiddleware({ app, path: "/graphql" })
(call_expression
  function: (member_expression object: (_) @mount.target property: (property_identifier) @_a)
  arguments: (arguments (object
    [(shorthand_property_identifier) @mount.on (pair key: (_) @_k value: (_) @mount.on)]
    (pair key: (_) @_p value: (_) @mount.path)))
  (#eq? @_a "applyMiddleware") (#eq? @_k "app") (#eq? @_p "path")) @mount
(call_expression
  function: (member_expression object: (_) @mount.target property: (property_identifier) @_a)
  arguments: (arguments (object
    [(shorthand_property_identifier) @mount.on (pair key: (_) @_k value: (_) @mount.on)]))
  (#eq? @_a "applyMiddleware") (#eq? @_k "app")) @mount
