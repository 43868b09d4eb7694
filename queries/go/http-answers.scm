; http.Error(w, "…", 401)
(call_expression
  function: (selector_expression field: (field_identifier) @_r)
  arguments: (argument_list . (_) @respond.on . (_) @respond.body . (_) @respond.status .)
  (#eq? @_r "Error")) @respond

; w.WriteHeader(401)
(call_expression
  function: (selector_expression operand: (_) @respond.on field: (field_identifier) @_r)
  arguments: (argument_list . (_) @respond.status .)
  (#eq? @_r "WriteHeader")) @respond

; render.Status(r, 401)
(call_expression
  function: (selector_expression operand: (identifier) @_p field: (field_identifier) @_r)
  arguments: (argument_list . (_) @respond.on . (_) @respond.status .)
  (#eq? @_p "render") (#eq? @_r "Status")) @respond

; respond(w, 401, body)   helpers.JSON(w, http.StatusUnauthorized, body)   fail(w, r, http.StatusForbidden)
(call_expression
  arguments: (argument_list . (identifier) @respond.on . (_)? . [(selector_expression) (int_literal)] @respond.status)
  (#match? @respond.status "^(401|403|http\\.Status(Unauthorized|Forbidden))$")) @respond

; r.Header.Get("Authorization")   r.Header["Authorization"]   r.Cookie("session")   r.URL.Query().Get("token")
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) @read.name .)
  (#any-of? @_g "Get" "Cookie" "FormValue" "GetString")) @read
(index_expression
  operand: (selector_expression field: (field_identifier) @_h) @read.on
  index: (_) @read.name
  (#eq? @_h "Header")) @read
(call_expression
  function: (selector_expression field: (field_identifier) @read.name) @_f
  (#eq? @read.name "BasicAuth")) @read

; &ErrResponse{HTTPStatusCode: http.StatusUnauthorized}
(keyed_element . (literal_element) . (literal_element (_) @error.status)
  (#match? @error.status "^(401|403|http\\.Status(Unauthorized|Forbidden))$")) @error

; jwtauth.FromContext(r.Context())
(call_expression
  function: (selector_expression operand: (identifier) @read.name field: (field_identifier) @_f)
  (#match? @read.name "auth|jwt|session|token") (#any-of? @_f "FromContext" "FromRequest" "ParseRequest")) @read

; http.Redirect(w, r, "/login", 302)
(call_expression
  function: (selector_expression field: (field_identifier) @error.status)
  arguments: (argument_list . (_) . (_) . (_) @_u)
  (#eq? @error.status "Redirect") (#match? @_u "(?i)(log|sign)_?-?in")) @error

; token := sessions.Token(ctx)   sessions.GetString(ctx, "user")   sessions.Exists(ctx, "user")
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @read.name)
  arguments: (argument_list . (_) .)
  (#eq? @read.name "Token")) @read
(call_expression
  function: (selector_expression operand: (_) @read.on field: (field_identifier) @_g)
  arguments: (argument_list . (_) . (_) @read.name .)
  (#any-of? @_g "Get" "GetString" "GetInt" "GetBool" "Exists" "PopString")) @read
