; pb.RegisterGreeterHandlerFromEndpoint(ctx, mux, address, options)   pb.RegisterGreeterHandler(ctx, mux, conn)
; pb.RegisterGreeterHandlerServer(ctx, mux, &server{})
(call_expression
  function: [(identifier) (selector_expression)] @service.name
  arguments: (argument_list . (_) . (_) . (_) @service.handler)
  (#match? @service.name "Register\\w+Handler(FromEndpoint|Server|Client)?$")) @service
