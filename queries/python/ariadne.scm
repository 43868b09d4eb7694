; schema = make_executable_schema(type_defs, query, mutation)
(call function: (_) @schema.is (#match? @schema.is "make_(executable|federated)_schema$")) @schema

; @query.field("users")   @subscription.source("count")
(decorated_definition
  (decorator (call function: (attribute object: (_) @operation.in attribute: (identifier) @_m) @operation.is) @operation)
  definition: (function_definition) @operation.handler
  (#any-of? @_m "field" "source"))

; query.set_field("users", resolve_users)
(call
  function: (attribute object: (_) @operation.in attribute: (identifier) @_m) @operation.is
  arguments: (argument_list . (_) . (_) @operation.handler)
  (#eq? @_m "set_field")) @operation

(attribute object: (_) @read.on attribute: (identifier) @read.name
  (#any-of? @read.name "is_authenticated" "is_anonymous" "is_staff")) @read
