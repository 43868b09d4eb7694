; inherits: _node_http

; @JsonController("/users") class UserController {}
(class_declaration) @router
(class) @router

; createExpressServer({ routePrefix: "/api", controllers: […] })   useExpressServer(app, { … })
(call_expression function: (_) @_c (#match? @_c "(create|use)(Express|Koa)Server$")) @under
