; Controllers: which classes are told by the matcher's [[decorators]].
(class_declaration (modifiers [(annotation) (marker_annotation)])) @router

; route().GET("/x", handler, documentation)
(method_invocation
  object: (_) @route.on name: (identifier) @route.method
  arguments: (argument_list . (_) @route.path . [(method_reference) (lambda_expression)] @route.handler)
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "HEAD" "OPTIONS")) @route

; route().GET("/x", handler)   builder.POST("/x", accept(JSON), handler)
(method_invocation
  object: (_) @route.on name: (identifier) @route.method
  arguments: (argument_list . [(string_literal) (identifier) (field_access) (binary_expression)] @route.path)
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "HEAD" "OPTIONS")) @route

; builder.GET(handler)   builder.GET(accept(JSON), handler): the path of what is around
(method_invocation
  object: (_) @route.on name: (identifier) @route.method
  arguments: (argument_list . [(method_reference) (lambda_expression)] @route.handler)
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "HEAD" "OPTIONS")) @route
(method_invocation
  object: (_) @route.on name: (identifier) @route.method
  arguments: (argument_list . (method_invocation) . (_) @route.handler)
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "HEAD" "OPTIONS")) @route

; route(GET("/x"), handler)   other.andRoute(POST("/x").and(accept(JSON)), handler)
(method_invocation
  name: (identifier) @_r
  arguments: (argument_list
    . (method_invocation name: (identifier) @route.method arguments: (argument_list . (_) @route.path))
    . (_) @route.handler)
  (#any-of? @_r "route" "andRoute")) @route @route.on
(method_invocation
  name: (identifier) @_r
  arguments: (argument_list
    . (method_invocation
      object: (method_invocation name: (identifier) @route.method arguments: (argument_list . (_) @route.path))
      name: (identifier) @_and)
    . (_) @route.handler)
  (#any-of? @_r "route" "andRoute") (#eq? @_and "and")) @route @route.on

; builder.path("/x", b -> …)   builder.path("/x", this::routes)   builder.path("/x", () -> other)
(method_invocation
  object: (_) @mount.on name: (identifier) @mount.method
  arguments: (argument_list . (_) @mount.path . (_) @mount.target)
  (#eq? @mount.method "path")) @mount

; builder.nest(path("/x"), b -> …)   nest(path("/x").and(accept(JSON)), other)   other.andNest(path("/x"), another)
(method_invocation
  name: (identifier) @mount.method
  arguments: (argument_list
    . (method_invocation name: (identifier) @_p arguments: (argument_list . (_) @mount.path .))
    . (_) @mount.target)
  (#any-of? @mount.method "nest" "andNest") (#any-of? @_p "path" "pathPrefix")) @mount @mount.on
(method_invocation
  name: (identifier) @mount.method
  arguments: (argument_list
    . (method_invocation
      object: (method_invocation name: (identifier) @_p arguments: (argument_list . (_) @mount.path .))
      name: (identifier) @_and)
    . (_) @mount.target)
  (#any-of? @mount.method "nest" "andNest") (#eq? @_p "path") (#eq? @_and "and")) @mount @mount.on
(method_invocation
  name: (identifier) @mount.method
  arguments: (argument_list . (_) . (_) @mount.target)
  (#any-of? @mount.method "nest" "andNest")) @mount @mount.on

; builder.add(other)   routes.and(other)
(method_invocation
  object: (_) @mount.on name: (identifier) @mount.method
  arguments: (argument_list . (_) @mount.target .)
  (#any-of? @mount.method "add" "and" "andOther")) @mount

; builder.filter(check)   builder.before(check)
(method_invocation
  object: (_) @middleware.on name: (identifier) @_f
  arguments: (argument_list . (_) @middleware.target .)
  (#any-of? @_f "filter" "before")) @middleware

; registry.addHandler(handler, "/x", "/y")   registry.addEndpoint("/x")
(method_invocation
  object: (_) @route.on name: (identifier) @route.method
  arguments: (argument_list "(" . (_) @route.handler ("," . (_) @route.path)+ . ")")
  (#eq? @route.method "addHandler")) @route
(method_invocation
  object: (_) @route.on name: (identifier) @route.method
  arguments: (argument_list "(" . (_) @route.path ("," . (_) @route.path)* . ")")
  (#eq? @route.method "addEndpoint")) @route

; configurer.addPathPrefix("/api", HandlerTypePredicate.forAnnotation(RestController.class))
(method_invocation
  name: (identifier) @_p
  arguments: (argument_list . (_) @under.path . (_) @under.for .)
  (#eq? @_p "addPathPrefix")) @under

; registry.addInterceptor(new AuthInterceptor()).addPathPatterns("/api/**")
(method_invocation
  name: (identifier) @_i arguments: (argument_list . (_) @interceptor.target .)
  (#eq? @_i "addInterceptor")) @interceptor

; request.getHeader("Authorization")
(method_invocation
  object: (_) @read.on name: (identifier) @_g arguments: (argument_list . (_) @read.name .)
  (#any-of? @_g "getHeader" "getFirst")) @read

; response.sendError(401)   response.setStatus(HttpServletResponse.SC_UNAUTHORIZED)
(method_invocation
  name: (identifier) @_s arguments: (argument_list . (_) @error.status)
  (#any-of? @_s "sendError" "setStatus" "setStatusCode")) @error
(object_creation_expression
  type: (_) @_e arguments: (argument_list . (_) @error.status)
  (#match? @_e "ResponseStatusException$")) @error

; new SimpleUrlHandlerMapping(Map.of("/ws", handler), -1)
(object_creation_expression
  type: (type_identifier) @route.method
  arguments: (argument_list
    . (method_invocation name: (identifier) @_of arguments: (argument_list . (_) @route.path . (_) @route.handler)))
  (#eq? @route.method "SimpleUrlHandlerMapping") (#eq? @_of "of")) @route @route.on

; map.put("/ws", handler); return new SimpleUrlHandlerMapping(map)
(block
  (expression_statement
    (method_invocation
      name: (identifier) @_put arguments: (argument_list . (_) @route.path . (_) @route.handler .)) @route)
  (return_statement
    (object_creation_expression type: (type_identifier) @route.method) @route.on)
  (#eq? @route.method "SimpleUrlHandlerMapping") (#eq? @_put "put"))
(block
  (expression_statement
    (method_invocation
      name: (identifier) @_put arguments: (argument_list . (_) @route.path . (_) @route.handler .)) @route)
  (local_variable_declaration
    declarator: (variable_declarator
      value: (object_creation_expression type: (type_identifier) @route.method) @route.on))
  (#eq? @route.method "SimpleUrlHandlerMapping") (#eq? @_put "put"))

; Repositories that are served as resources.
(interface_declaration (modifiers [(annotation) (marker_annotation)])) @router
