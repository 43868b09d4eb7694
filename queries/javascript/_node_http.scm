; res.status(401)   res.sendStatus(403)   res.status(401).json(…)   reply.code(401)
(call_expression
  function: (member_expression object: (_) @respond.on property: (property_identifier) @_r)
  arguments: (arguments . (_) @respond.status)
  (#any-of? @_r "status" "sendStatus" "writeHead" "code")) @respond

; res.redirect("/login")
(call_expression
  function: (member_expression object: (_) @respond.on property: (property_identifier) @_r)
  arguments: (arguments . (string) @respond.status .)
  (#eq? @_r "redirect")) @respond

; res.statusCode = 401   ctx.status = 401
(assignment_expression
  left: (member_expression object: (_) @respond.on property: (property_identifier) @_s)
  right: (_) @respond.status
  (#any-of? @_s "statusCode" "status")) @respond

; throw new ApiError(401, "…")   next(createError(401))   new HttpError("…", 401)
(new_expression constructor: (_) arguments: (arguments . (_) @error.status)) @error
(new_expression constructor: (_) arguments: (arguments . (_) . (_) @error.status)) @error
(call_expression function: (identifier) @_e arguments: (arguments . (_) @error.status)
  (#match? @_e "[eE]rror|^[bB]oom")) @error
; throw new UnauthorizedError("…")   Boom.unauthorized()   createError.Unauthorized()
(new_expression constructor: (_) @error.status) @error
(call_expression
  function: (member_expression property: (property_identifier) @error.status)
  (#match? @error.status "^([uU]nauthori[sz]ed|[fF]orbidden)")) @error

; req.headers.authorization   req.headers["x-api-key"]   req.cookies.token   req.session.user   req.user
(member_expression object: (_) @read.on property: (property_identifier) @read.name
  (#match? @read.on "^(_?req|request|ctx|context|c|this\\.req)(\\.(headers?|cookies|signedCookies|session|raw|state|locals))*$|eaders$|ookies$")
  (#match? @read.name "[aA]uth|[tT]oken|[sS]ession$|^user|^jwt|[aA]pi_?-?[kK]ey|[sS]ecret|[uU]serId|^currentUser|^account")) @read
(subscript_expression object: (_) @read.on index: (string) @read.name
  (#match? @read.on "^(_?req|request|ctx|context|c)(\\.|$)|eaders$|ookies$")
  (#match? @read.name "[aA]uth|[tT]oken|[sS]ession|user|jwt|[aA]pi[_-]?[kK]ey|[sS]ecret")) @read
; req.header("Authorization")   req.get("Authorization")
(call_expression
  function: (member_expression object: (_) @read.on property: (property_identifier) @_h)
  arguments: (arguments . (string) @read.name .)
  (#match? @read.on "^(_?req|request|ctx|context)(\\.|$)|eaders$|ookies$")
  (#any-of? @_h "header" "get")) @read
; const { authorization } = req.headers
(variable_declarator
  name: (object_pattern (shorthand_property_identifier_pattern) @read.name)
  value: (_) @read.on
  (#match? @read.on "^(_?req|request|ctx|context)(\\.|$)|eaders$|ookies$")
  (#match? @read.name "^(authorization|token|session|accessToken|access_token|jwt|user|userId)$")) @read
; jwt.verify(token, secret)   req.isAuthenticated()
(call_expression
  function: (member_expression object: (_) @read.on property: (property_identifier) @read.name)
  (#match? @read.name "^(verify|isAuthenticated|isUnauthenticated|jwtVerify|verifyIdToken|verifyToken|verifyAccessToken)$")) @read
(call_expression
  function: (identifier) @read.name
  (#match? @read.name "^(jwtVerify|verifyToken|verifyAccessToken|verifyJwt|getToken|getSession)$")) @read
