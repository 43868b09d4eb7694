; inherits: huma

; e := echo.New()
(call_expression function: (selector_expression field: (field_identifier) @_n) @router.is
  (#any-of? @_n "New" "NewWithConfig")) @router

; g := e.Group("/v1", middleware…)
(call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @group.path)
  (#eq? @_g "Group")) @group

; h := e.Host("api.example.com")
(call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_g)
  (#eq? @_g "Host")) @group

; e.GET("/x", handler, middleware…)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.path . (_) @route.handler)
  (#any-of? @route.method
    "GET" "POST" "PUT" "PATCH" "DELETE" "OPTIONS" "HEAD" "CONNECT" "TRACE" "QUERY" "Any" "File" "FileFS")) @route

; e.Add("GET", "/x", handler, middleware…)   e.Match([]string{"GET"}, "/x", handler, middleware…)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  arguments: (argument_list . (_) @route.methods . (_) @route.path . (_) @route.handler)
  (#any-of? @route.method "Add" "Match")) @route

; e.AddRoute(echo.Route{Method: "GET", Path: "/x", Handler: handler})
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  (#eq? @route.method "AddRoute")) @route

; e.Use(middleware…)   e.Pre(middleware…)
(call_expression
  function: (selector_expression operand: (_) @middleware.on field: (field_identifier) @_u)
  (#any-of? @_u "Use" "Pre")) @middleware

; e.RouteNotFound("/*", handler)
(call_expression
  function: (selector_expression operand: (_) @catchall.on field: (field_identifier) @_c)
  (#eq? @_c "RouteNotFound")) @catchall

; c.JSON(200, body)   c.NoContent(401)
(call_expression
  function: (selector_expression operand: (identifier) @respond.on field: (field_identifier) @_r)
  (#any-of? @_r
    "JSON" "JSONPretty" "JSONBlob" "NoContent" "String" "XML" "HTML" "HTMLBlob" "Blob" "Redirect" "Render")) @respond

; echo.NewHTTPError(401, "…")
(call_expression
  function: (selector_expression field: (field_identifier) @_e)
  (#eq? @_e "NewHTTPError")) @error

; return echo.ErrUnauthorized
(return_statement (expression_list (selector_expression field: (field_identifier) @_e) @error.status)
  (#match? @_e "^Err")) @error
(return_statement (expression_list (call_expression
    function: (selector_expression
      operand: (selector_expression field: (field_identifier) @_e) @error.status))
  ) (#match? @_e "^Err")) @error
; &echo.HTTPError{Code: 401}
(composite_literal
  type: (qualified_type name: (type_identifier) @_t)
  body: (literal_value (keyed_element
    (literal_element (identifier) @_k) (literal_element (_) @error.status)))
  (#eq? @_t "HTTPError") (#eq? @_k "Code")) @error

; c.Bind(&input)
(call_expression
  function: (selector_expression operand: (identifier) field: (field_identifier) @_b)
  arguments: (argument_list . (_) @bind.target .)
  (#eq? @_b "Bind")) @bind

; c.Param("id")   c.QueryParam("page")
(call_expression
  function: (selector_expression operand: (identifier) field: (field_identifier) @input.source)
  arguments: (argument_list . (_) @input.name)
  (#any-of? @input.source "Param" "QueryParam" "QueryParamOr" "FormValue")) @input

; c.Request().Header.Get("Authorization")   c.Cookie("session")   c.Get("user")   session.Get("session", c)
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @read.name)
  (#any-of? @_g "Cookie" "Get" "QueryParam")) @read
(call_expression
  function: (selector_expression field: (field_identifier) @read.name) @_f
  (#eq? @read.name "BasicAuth")) @read

; c.Redirect(…"/login"…)
(call_expression
  function: (selector_expression field: (field_identifier) @error.status)
  arguments: (argument_list . (_) . (_) @_u)
  (#eq? @error.status "Redirect") (#match? @_u "(?i)(log|sign)_?-?in")) @error
