; graphql.MustParseSchema(schema, &resolver{})
(call_expression
  function: (selector_expression field: (field_identifier) @_n) @schema.is
  (#any-of? @_n "MustParseSchema" "ParseSchema")) @schema
