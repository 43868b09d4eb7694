; new grpc.Server()
(new_expression constructor: (_) @router.is @_n (#match? @_n "Server$")) @router

; server.addService(hello.Greeter.service, { SayHello: sayHello })   server.addService(GreeterService, impl)
(call_expression
  function: (member_expression object: (_) @service.on property: (property_identifier) @_a)
  arguments: (arguments . (_) @service.name . (_) @service.handler)
  (#eq? @_a "addService")) @service

; callback({ code: grpc.status.UNAUTHENTICATED })   { code: 16 }
(pair key: (property_identifier) @_c value: (_) @error.status (#eq? @_c "code")) @error

; call.metadata.get("authorization")
(call_expression
  function: (member_expression object: (_) @read.on property: (property_identifier) @_g)
  arguments: (arguments . (string) @read.name .)
  (#match? @read.on "etadata$") (#eq? @_g "get")) @read
