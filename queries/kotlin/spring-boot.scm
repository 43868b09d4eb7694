; Controllers: which classes are told by the matcher's [[decorators]].
(class_declaration) @router

; GET("/x", handler)   GET("/x") { … }, in router { … }
(call_expression
  (identifier) @route.method
  (value_arguments . (value_argument [(string_literal) (identifier) (navigation_expression)] @route.path) . (value_argument))
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "HEAD" "OPTIONS")) @route
(call_expression
  (call_expression
    (identifier) @route.method
    (value_arguments . (value_argument [(string_literal) (identifier) (navigation_expression)] @route.path)))
  (annotated_lambda (lambda_literal) @route.handler)
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "HEAD" "OPTIONS")) @route

; (GET("/x") or POST("/y")) { … }, each predicate by itself
(call_expression
  (parenthesized_expression
    (infix_expression
      (call_expression
        (identifier) @route.method (value_arguments . (value_argument) @route.path .))))
  (annotated_lambda (lambda_literal) @route.handler)
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "HEAD" "OPTIONS")) @route

; "/x".nest { … }   path("/x").nest { … }   ("/x" and accept(JSON)).nest { … }   accept(JSON).nest { … }
(call_expression
  (navigation_expression [(string_literal) (identifier) (navigation_expression)] @group.path (identifier) @_n)
  (annotated_lambda)
  (#eq? @_n "nest")) @group
(call_expression
  (navigation_expression
    (call_expression (identifier) @_p (value_arguments . (value_argument) @group.path .)) (identifier) @_n)
  (annotated_lambda)
  (#any-of? @_p "path" "pathPrefix") (#eq? @_n "nest")) @group
(call_expression
  (navigation_expression
    (parenthesized_expression (infix_expression . (string_literal) @group.path)) (identifier) @_n)
  (annotated_lambda)
  (#eq? @_n "nest")) @group
(call_expression (navigation_expression (_) (identifier) @_n) (annotated_lambda) (#eq? @_n "nest")) @group

; add(other), in router { … }
(call_expression
  (identifier) @mount.method (value_arguments . (value_argument) @mount.target .)
  (#eq? @mount.method "add")) @mount
; router { … }.and(other)
(call_expression
  (navigation_expression (_) @mount.on (identifier) @mount.method)
  (value_arguments . (value_argument) @mount.target .)
  (#any-of? @mount.method "and" "add" "andOther")) @mount

; filter { … }, in router { … }
(call_expression (identifier) @_f (annotated_lambda (lambda_literal) @middleware.target)
  (#any-of? @_f "filter" "before")) @middleware

; registry.addHandler(handler, "/x")   registry.addEndpoint("/x")
(call_expression
  (navigation_expression (_) @route.on (identifier) @route.method)
  (value_arguments . (value_argument) @route.handler . (value_argument) @route.path)
  (#eq? @route.method "addHandler")) @route
(call_expression
  (navigation_expression (_) @route.on (identifier) @route.method)
  (value_arguments . (value_argument) @route.path)
  (#eq? @route.method "addEndpoint")) @route

; configurer.addPathPrefix("/api", HandlerTypePredicate.forAnnotation(RestController::class.java))
(call_expression
  (navigation_expression (_) (identifier) @_p)
  (value_arguments . (value_argument) @under.path . (value_argument) @under.for .)
  (#eq? @_p "addPathPrefix")) @under
(call_expression
  (call_expression (navigation_expression (_) (identifier) @_p) (value_arguments . (value_argument) @under.path .))
  (annotated_lambda (lambda_literal) @under.for)
  (#eq? @_p "addPathPrefix")) @under

; registry.addInterceptor(AuthInterceptor()).addPathPatterns("/api/**")
(call_expression
  (navigation_expression (_) (identifier) @_i) (value_arguments . (value_argument) @interceptor.target .)
  (#eq? @_i "addInterceptor")) @interceptor

; request.getHeader("Authorization")
(call_expression
  (navigation_expression (_) @read.on (identifier) @_g) (value_arguments . (value_argument) @read.name .)
  (#any-of? @_g "getHeader" "getFirst")) @read

; response.sendError(401)
(call_expression
  (navigation_expression (_) (identifier) @_s) (value_arguments . (value_argument) @error.status)
  (#any-of? @_s "sendError" "setStatus" "setStatusCode")) @error
(call_expression
  (identifier) @_e (value_arguments . (value_argument) @error.status)
  (#match? @_e "ResponseStatusException$")) @error

; SimpleUrlHandlerMapping(mapOf("/ws" to handler), -1)
(call_expression
  (identifier) @route.method
  (value_arguments
    . (value_argument
      (call_expression
        (identifier) @_map
        (value_arguments (value_argument (infix_expression . (_) @route.path . (_) . (_) @route.handler) @route)))))
  (#eq? @route.method "SimpleUrlHandlerMapping") (#match? @_map "[mM]apOf$")) @route.on
