; mux.Handle(greetv1connect.NewGreetServiceHandler(&server{}, options…))
(call_expression
  function: [(identifier) (selector_expression)] @service.name
  arguments: (argument_list . (_) @service.handler)
  (#match? @service.name "New\\w+Handler$")) @service
