; s := grpc.NewServer(options…)
(call_expression function: (selector_expression field: (field_identifier) @_n) @router.is
  (#eq? @_n "NewServer")) @router

; pb.RegisterGreeterServer(s, &server{})
(call_expression
  function: [(identifier) (selector_expression)] @service.name
  arguments: (argument_list . (_) @service.on . (_) @service.handler .)
  (#match? @service.name "Register\\w+Server$")) @service

; s.RegisterService(&pb.Greeter_ServiceDesc, &server{})
(call_expression
  function: (selector_expression operand: (_) @service.on field: (field_identifier) @_r)
  arguments: (argument_list . (_) @service.name . (_) @service.handler .)
  (#eq? @_r "RegisterService")) @service

; status.Error(codes.Unauthenticated, "…")   status.Errorf(…)
(call_expression
  function: (selector_expression field: (field_identifier) @_e)
  arguments: (argument_list . (selector_expression) @error.status . (_) @error.detail)
  (#any-of? @_e "Error" "Errorf" "New" "Newf")) @error

; md["authorization"]   md.Get("authorization")   metadata.ValueFromIncomingContext(ctx, "authorization")
(index_expression operand: (_) @read.on index: (interpreted_string_literal) @read.name) @read
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @read.name .)
  (#eq? @_g "Get")) @read
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) . (_) @read.name .)
  (#any-of? @_g "ValueFromIncomingContext" "AuthFromMD")) @read
