; inherits: http-answers, huma

; mux := http.NewServeMux()
(call_expression function: (selector_expression field: (field_identifier) @_n) @router.is
  (#eq? @_n "NewServeMux")) @router

; mux.Handle("/api/", http.StripPrefix("/api", router))
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_m)
  arguments: (argument_list . (_)
    . (call_expression
        function: (selector_expression field: (field_identifier) @_s)
        arguments: (argument_list . (_) @mount.path . (_) @mount.target .)) .)
  (#eq? @_m "Handle") (#eq? @_s "StripPrefix")) @mount

; mux.Handle("/", router)
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_m)
  arguments: (argument_list . (_) . (_) @mount.target .)
  (#eq? @_m "Handle")) @mount

; http.HandleFunc("GET /x", handler)   mux.Handle("/x", handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.path . (_) @route.handler .)
  (#any-of? @route.method "Handle" "HandleFunc")) @route
