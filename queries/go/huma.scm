; api := humachi.New(router, config)
(call_expression
  function: (selector_expression operand: (identifier) @_p field: (field_identifier) @_g)
  arguments: (argument_list . (_) @group.on . (_) .)
  (#match? @_p "^huma") (#eq? @_g "New")) @group
; group := huma.NewGroup(api, "/v1")
(call_expression
  function: (selector_expression operand: (identifier) @_p field: (field_identifier) @_g)
  arguments: (argument_list . (_) @group.on . (_) @group.path)
  (#eq? @_p "huma") (#eq? @_g "NewGroup")) @group
; huma.Get(api, "/x/{id}", handler)
(call_expression
  function: (selector_expression operand: (identifier) @_p field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.on . (_) @route.path . (_) @route.handler)
  (#eq? @_p "huma") (#any-of? @route.method "Get" "Post" "Put" "Patch" "Delete" "Head" "Options")) @route
; huma.Register(api, huma.Operation{Method: "GET", Path: "/x"}, handler)
(call_expression
  function: (selector_expression operand: (identifier) @_p field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.on . (_) . (_) @route.handler .)
  (#eq? @_p "huma") (#eq? @route.method "Register")) @route
