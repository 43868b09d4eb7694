; Engines: told by the matcher's [origin].
(call_expression function: (selector_expression field: (field_identifier) @_n) @router.is
  (#any-of? @_n "New" "Default")) @router

; v1 := r.Group("/v1", middleware…)
(call_expression function: (selector_expression operand: (_) @group.on field: (field_identifier) @_g)
  (#eq? @_g "Group")) @group

; r.GET("/x", middleware…, handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  (#any-of? @route.method "GET" "POST" "PUT" "PATCH" "DELETE" "OPTIONS" "HEAD" "Any")) @route

; r.Handle("GET", "/x", handler)   r.Match([]string{"GET"}, "/x", handler)
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @_h)
  arguments: (argument_list . (_) @route.methods . (_) @route.path)
  (#any-of? @_h "Handle" "Match")) @route

; r.Static("/assets", "./dir")   r.StaticFile("/x", "./file")
(call_expression
  function: (selector_expression operand: (_) @route.on field: (field_identifier) @route.method)
  (#any-of? @route.method "StaticFile" "StaticFileFS")) @route

; r.Use(middleware…)
(call_expression
  function: (selector_expression operand: (_) @middleware.on field: (field_identifier) @_u)
  (#eq? @_u "Use")) @middleware

; r.NoRoute(handler)
(call_expression
  function: (selector_expression operand: (_) @catchall.on field: (field_identifier) @_c)
  (#any-of? @_c "NoRoute" "NoMethod")) @catchall

; c.JSON(200, body)
(call_expression
  function: (selector_expression operand: (identifier) @respond.on field: (field_identifier) @_r)
  (#any-of? @_r
    "JSON" "IndentedJSON" "PureJSON" "SecureJSON" "AbortWithStatusJSON" "AbortWithStatus"
    "AbortWithError" "Status" "String" "XML" "YAML" "HTML" "Data" "Redirect")) @respond

; c.ShouldBindJSON(&input)
(call_expression
  function: (selector_expression operand: (identifier) field: (field_identifier) @_b)
  arguments: (argument_list . (_) @bind.target)
  (#match? @_b "^(Should|Must)?Bind(JSON|Query|Uri|Header|XML|YAML|With|BodyWith)?$")) @bind

; c.Param("id")   c.DefaultQuery("page", "1")
(call_expression
  function: (selector_expression operand: (identifier) field: (field_identifier) @input.source)
  arguments: (argument_list . (_) @input.name)
  (#any-of? @input.source "Param" "Query" "GetQuery" "DefaultQuery" "PostForm" "QueryArray")) @input

; c.GetHeader("Authorization")   c.Request.Header.Get("Authorization")   c.Cookie("session")
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @read.name .)
  (#any-of? @_g "GetHeader" "Cookie")) @read
(call_expression
  function: (selector_expression
    operand: (selector_expression field: (field_identifier) @_h) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @read.name .)
  (#eq? @_h "Header") (#eq? @_g "Get")) @read
