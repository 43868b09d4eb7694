; inherits: http-answers

; r := mux.NewRouter()
(call_expression function: (selector_expression field: (field_identifier) @_n) @router.is
  (#eq? @_n "NewRouter")) @router

; r.PathPrefix("/x").Subrouter()
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression operand: (_) @group.on field: (field_identifier) @_p)
      arguments: (argument_list . (_) @group.path .))
    field: (field_identifier) @_s)
  (#any-of? @_p "PathPrefix" "Path") (#eq? @_s "Subrouter")) @group
; r.Host("…").Subrouter()   r.NewRoute().Subrouter()   r.Methods("GET").Subrouter()
(call_expression
  function: (selector_expression
    operand: (call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_p))
    field: (field_identifier) @_s)
  (#any-of? @_p "Host" "NewRoute" "Methods" "Schemes" "Headers" "MatcherFunc") (#eq? @_s "Subrouter")) @group

; r.HandleFunc("/x", handler).Methods("GET", "POST")
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
      arguments: (argument_list . (_) @route.path . (_) @route.handler .)) @route
    field: (field_identifier) @_m)
  arguments: (argument_list) @route.methods
  (#any-of? @route.method "HandleFunc" "Handle") (#eq? @_m "Methods"))
; r.HandleFunc("/x", handler).Name("x").Methods("GET")
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression
        operand: (call_expression
          function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
          arguments: (argument_list . (_) @route.path . (_) @route.handler .)) @route))
    field: (field_identifier) @_m)
  arguments: (argument_list) @route.methods
  (#any-of? @route.method "HandleFunc" "Handle") (#eq? @_m "Methods"))
; r.Methods("GET").Path("/x").HandlerFunc(handler)
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression
        operand: (call_expression
          function: (selector_expression operand: (_) @route.on field: (field_identifier) @_m)
          arguments: (argument_list) @route.methods)
        field: (field_identifier) @_p)
      arguments: (argument_list . (_) @route.path .))
    field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.handler .)
  (#eq? @_m "Methods") (#eq? @_p "Path") (#any-of? @route.method "HandlerFunc" "Handler")) @route
; r.Path("/x").Methods("GET").HandlerFunc(handler)
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression
        operand: (call_expression
          function: (selector_expression operand: (_) @route.on field: (field_identifier) @_p)
          arguments: (argument_list . (_) @route.path .))
        field: (field_identifier) @_m)
      arguments: (argument_list) @route.methods)
    field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.handler .)
  (#eq? @_m "Methods") (#eq? @_p "Path") (#any-of? @route.method "HandlerFunc" "Handler")) @route
; r.Methods("GET").Path("/x").Name("x").Handler(handler)
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression
        operand: (call_expression
          function: (selector_expression
            operand: (call_expression
              function: (selector_expression operand: (_) @route.on field: (field_identifier) @_m)
              arguments: (argument_list) @route.methods)
            field: (field_identifier) @_p)
          arguments: (argument_list . (_) @route.path .))
        field: (field_identifier) @_n))
    field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.handler .)
  (#eq? @_m "Methods") (#eq? @_p "Path") (#eq? @_n "Name") (#any-of? @route.method "HandlerFunc" "Handler")) @route
; r.Path("/x").HandlerFunc(handler)
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression operand: (_) @route.on field: (field_identifier) @_p)
      arguments: (argument_list . (_) @route.path .))
    field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.handler .)
  (#eq? @_p "Path") (#any-of? @route.method "HandlerFunc" "Handler")) @route

; r.Handle("/x", router)   r.PathPrefix("/x").Handler(http.StripPrefix("/x", router))
(call_expression
  function: (selector_expression
    operand: (call_expression
      function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_p)
      arguments: (argument_list . (_)))
    field: (field_identifier) @_m)
  arguments: (argument_list . (call_expression
    function: (selector_expression field: (field_identifier) @_s)
    arguments: (argument_list . (_) @mount.path . (_) @mount.target .)) .)
  (#eq? @_p "PathPrefix") (#eq? @_m "Handler") (#eq? @_s "StripPrefix")) @mount

; r.HandleFunc("/x", handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.path . (_) @route.handler .)
  (#any-of? @route.method "HandleFunc" "Handle")) @route

; r.Use(middleware…)
(call_expression
  function: (selector_expression operand: (_) @middleware.on field: (field_identifier) @_u)
  (#eq? @_u "Use")) @middleware
