; Server::builder()
(call_expression function: (scoped_identifier name: (identifier) @_n) @router.is
  (#any-of? @_n "builder")) @router

; GreeterServer::new(MyGreeter::default())   GreeterServer::with_interceptor(greeter, check_auth)
(call_expression
  function: (scoped_identifier path: (_) @service.name name: (identifier) @_n)
  arguments: (arguments . (_) @service.handler .)
  (#match? @service.name "\\wServer(::<.*>)?$") (#any-of? @_n "new" "from_arc")) @service
(call_expression
  function: (scoped_identifier path: (_) @service.name name: (identifier) @_n)
  arguments: (arguments . (_) @service.handler . (_) @service.middleware .)
  (#match? @service.name "\\wServer$") (#eq? @_n "with_interceptor")) @service

; Err(Status::unauthenticated("…"))
((scoped_identifier path: (_) @_s name: (identifier) @error.status) @error
  (#match? @_s "(Status|Code)$")
  (#any-of? @error.status "unauthenticated" "permission_denied" "Unauthenticated" "PermissionDenied"))

; req.metadata().get("authorization")
(call_expression
  function: (field_expression value: (_) @read.on field: (field_identifier) @_g)
  arguments: (arguments . (_) @read.name .)
  (#eq? @_g "get")) @read
