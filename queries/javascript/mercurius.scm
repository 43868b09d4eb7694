; app.register(mercurius, { schema, resolvers })
(call_expression
  function: (member_expression object: (_) property: (property_identifier) @_r)
  arguments: (arguments . (_) @schema.is . (_))
  (#eq? @_r "register")) @schema

; gql`type Query { a: Int }`
(call_expression function: (identifier) @_g arguments: (template_string) @document (#eq? @_g "gql"))
