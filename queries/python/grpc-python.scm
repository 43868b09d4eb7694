; server = grpc.server(futures.ThreadPoolExecutor(), interceptors=[…])
(call function: (_) @router.is (#match? @router.is "server$")) @router

; helloworld_pb2_grpc.add_GreeterServicer_to_server(Greeter(), server)
(call
  function: [(identifier) (attribute)] @service.name
  arguments: (argument_list . (_) @service.handler . (_) @service.on)
  (#match? @service.name "add_\\w+Servicer_to_server$")) @service

; context.abort(grpc.StatusCode.UNAUTHENTICATED, "…")
(call
  function: (attribute attribute: (identifier) @_a)
  arguments: (argument_list . (_) @error.status)
  (#any-of? @_a "abort" "set_code")) @error

; metadata["authorization"]   metadata.get("authorization")
(subscript value: (identifier) subscript: (string) @read.name) @read
(call function: (attribute attribute: (identifier) @_g) arguments: (argument_list . (string) @read.name)
  (#eq? @_g "get")) @read
