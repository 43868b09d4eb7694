; api = NinjaAPI(auth=…)   router = Router()
(call function: (_) @router.is (#match? @router.is "(NinjaAPI|NinjaExtraAPI|Router)$")) @router

; @api.get("/x")
(decorated_definition
  (decorator (call function: (attribute object: (_) @route.on attribute: (identifier) @route.method)) @route)
  definition: (function_definition) @route.handler
  (#any-of? @route.method "get" "post" "put" "patch" "delete" "api_operation"))

; api.add_router("/x", router)   api.add_router("/x", "app.api.router")
(call
  function: (attribute object: (_) @mount.on attribute: (identifier) @mount.method)
  (#eq? @mount.method "add_router")) @mount

; raise HttpError(401, "…")
(raise_statement (call function: (_) @_e) @error (#match? @_e "HttpError$"))

(attribute object: (attribute attribute: (identifier) @_u) attribute: (identifier) @read.name
  (#eq? @_u "user") (#any-of? @read.name "is_authenticated" "is_anonymous" "is_staff" "is_superuser")) @read
