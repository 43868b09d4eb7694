; inherits: _node_http

; @controller("/users") class UserController {}
(class_declaration) @router
(class) @router

; new InversifyExpressServer(container, null, { rootPath: "/api" })
(new_expression constructor: (_) @_c (#match? @_c "ExpressServer$")) @under
