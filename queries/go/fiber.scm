; inherits: huma

; app := fiber.New()
(call_expression function: (selector_expression field: (field_identifier) @_n) @router.is
  (#eq? @_n "New")) @router

; api := app.Group("/api", middleware…)
(call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @group.path)
  (#eq? @_g "Group")) @group

; app.RouteChain("/x").Get(handler)   app.Route("/x").Get(handler)
(call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @group.path .)
  (#any-of? @_g "RouteChain" "Route")) @group

; app.Route("/x", func(r fiber.Router) {…}, "name.")
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_m)
  arguments: (argument_list . (_) @mount.path . (_) @mount.target)
  (#eq? @_m "Route")) @mount

; app.Mount("/x", other)
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @_m)
  arguments: (argument_list . (_) @mount.path . (_) @mount.target .)
  (#eq? @_m "Mount")) @mount

; app.Use("/x", other)
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @mount.method)
  arguments: (argument_list . (_) . (_))
  (#eq? @mount.method "Use")) @mount
(call_expression
  function: (selector_expression operand: (_) @mount.on field: (field_identifier) @mount.method)
  arguments: (argument_list . (identifier) .)
  (#eq? @mount.method "Use")) @mount

; app.Get("/x", middleware…, handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.path . (_))
  (#any-of? @route.method
    "Get" "Post" "Put" "Patch" "Delete" "Head" "Options" "Connect" "Trace" "All")) @route

; app.RouteChain("/x").Get(handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.handler .)
  (#any-of? @route.method
    "Get" "Post" "Put" "Patch" "Delete" "Head" "Options" "Connect" "Trace" "All")) @route

; app.Add("GET", "/x", middleware…, handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.methods . (_) @route.path . (_))
  (#eq? @route.method "Add")) @route

; app.Use(middleware…)   app.Use("/x", middleware…)
(call_expression
  function: (selector_expression operand: (_) @middleware.on field: (field_identifier) @_u)
  (#eq? @_u "Use")) @middleware

; c.Status(401).JSON(body)   c.SendStatus(401)
(call_expression
  function: (selector_expression operand: (identifier) @respond.on field: (field_identifier) @_r)
  arguments: (argument_list . (_) @respond.status .)
  (#any-of? @_r "Status" "SendStatus")) @respond

; fiber.NewError(401, "…")
(call_expression
  function: (selector_expression field: (field_identifier) @_e)
  arguments: (argument_list . (_) @error.status)
  (#eq? @_e "NewError")) @error

; return fiber.ErrUnauthorized
(return_statement (expression_list (selector_expression field: (field_identifier) @_e) @error.status)
  (#match? @_e "^Err")) @error
; &fiber.Error{Code: 401}
(composite_literal
  type: (qualified_type name: (type_identifier) @_t)
  body: (literal_value (keyed_element
    (literal_element (identifier) @_k) (literal_element (_) @error.status)))
  (#eq? @_t "Error") (#eq? @_k "Code")) @error

; c.BodyParser(&input)   c.Bind().Body(&input)
(call_expression
  function: (selector_expression field: (field_identifier) @_b)
  arguments: (argument_list . (_) @bind.target .)
  (#any-of? @_b "BodyParser" "QueryParser" "ParamsParser" "Body")) @bind

; c.Params("id")   c.Query("page", "1")
(call_expression
  function: (selector_expression operand: (identifier) field: (field_identifier) @input.source)
  arguments: (argument_list . (_) @input.name)
  (#any-of? @input.source "Params" "ParamsInt" "Query" "QueryInt" "QueryBool" "FormValue")) @input

; c.Get("Authorization")   c.Cookies("session")   c.GetReqHeaders()["Authorization"]   c.Locals("user")
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @read.name)
  (#any-of? @_g "Get" "Cookies" "Locals" "Peek")) @read
(index_expression operand: (_) @read.on index: (interpreted_string_literal) @read.name) @read

; c.Redirect(…"/login"…)
(call_expression
  function: (selector_expression field: (field_identifier) @error.status)
  arguments: (argument_list . (_) @_u)
  (#eq? @error.status "Redirect") (#match? @_u "(?i)(log|sign)_?-?in")) @error
