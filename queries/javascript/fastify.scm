; inherits: _node_http

; fastify()   Fastify({ logger: true })   require("fastify")()
(call_expression function: (_) @router.is @_n
  (#match? @_n "[fF]astify")) @router

; instance.get("/x", { schema, preHandler }, handler)
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . (_) @route.path . (_))
  (#any-of? @route.method
    "get" "post" "put" "patch" "delete" "head" "options" "all" "trace" "copy" "lock" "mkcol" "move" "propfind"
    "proppatch" "search" "unlock" "report" "mkcalendar")) @route

; instance[method]("/x", handler)
(call_expression
  function: (subscript_expression object: (_) @route.on index: (_) @route.methods)
  arguments: (arguments . (_) @route.path . (_))) @route

; instance.route({ method: "GET", url: "/x", handler })
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . (_) .)
  (#eq? @route.method "route")) @route

; instance.register(plugin, { prefix: "/x" })
(call_expression
  function: (member_expression object: (_) @mount.on property: (property_identifier) @mount.method)
  (#eq? @mount.method "register")) @mount

; instance.addHook("onRequest", guard)
(call_expression
  function: (member_expression object: (_) @middleware.on property: (property_identifier) @_h)
  arguments: (arguments . (string) @_n . (_) @middleware.target .)
  (#eq? @_h "addHook")
  (#match? @_n "onRequest|preParsing|preValidation|preHandler")) @middleware

; instance.decorate("authenticate", guard)
(call_expression
  function: (member_expression object: (_) @member.on property: (property_identifier) @_d)
  arguments: (arguments . (string) @member.name . (_) @member.value)
  (#any-of? @_d "decorate" "decorateRequest" "decorateReply")) @member

; request.jwtVerify()
(call_expression
  function: (member_expression object: (_) property: (property_identifier) @error.status)
  (#any-of? @error.status "jwtVerify" "verifyJwt")) @error

; request.session.get("user")   request.session.user
(call_expression
  function: (member_expression object: (_) @read.on property: (property_identifier) @_g)
  arguments: (arguments . (string) @read.name .)
  (#match? @read.on "session$")
  (#eq? @_g "get")) @read
(member_expression object: (_) @read.on property: (property_identifier) @read.name
  (#match? @read.on "session(\\.user)?$")) @read
