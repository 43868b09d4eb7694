; inherits: http-answers, huma

; Routers: told by the matcher's [origin].
(call_expression function: (selector_expression field: (field_identifier) @_n) @router.is
  (#any-of? @_n "NewRouter" "NewMux")) @router

; r.With(middleware…).Get("/x", handler)
(call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_g)
  arguments: (argument_list) @group.middleware
  (#eq? @_g "With")) @group

; r.Group(nil)
(call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_g)
  arguments: (argument_list . (nil) .)
  (#eq? @_g "Group")) @group

; r.Route("/x", func(r chi.Router) {…})   r.Mount("/x", router)
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_m)
  arguments: (argument_list . (_) @mount.path . (_) @mount.target .)
  (#any-of? @_m "Route" "Mount")) @mount

; r.Handle("/x/*", http.StripPrefix("/x", router))
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_m)
  arguments: (argument_list . (_)
    . (call_expression
        function: (selector_expression field: (field_identifier) @_s)
        arguments: (argument_list . (_) @mount.path . (_) @mount.target .)) .)
  (#any-of? @_m "Handle" "Mount") (#eq? @_s "StripPrefix")) @mount

; r.Group(func(r chi.Router) {…})
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_m)
  arguments: (argument_list . (_) @mount.target .)
  (#eq? @_m "Group") (#not-eq? @mount.target "nil")) @mount

; r.Get("/x", handler)   r.Handle("GET /x", handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.path . (_) @route.handler .)
  (#any-of? @route.method
    "Get" "Post" "Put" "Patch" "Delete" "Head" "Options" "Connect" "Trace" "Query" "Handle" "HandleFunc")) @route

; r.Method("GET", "/x", handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @_m)
  arguments: (argument_list . (_) @route.methods . (_) @route.path . (_) @route.handler .)
  (#any-of? @_m "Method" "MethodFunc")) @route

; r.Use(middleware…)
(call_expression
  function: (selector_expression operand: (_) @middleware.on field: (field_identifier) @_u)
  (#eq? @_u "Use")) @middleware

; r.NotFound(handler)
(call_expression
  function: (selector_expression operand: (_) @catchall.on field: (field_identifier) @_c)
  (#any-of? @_c "NotFound" "MethodNotAllowed")) @catchall
