; graphql.NewSchema(graphql.SchemaConfig{Query: query, Mutation: mutation})
(call_expression
  function: (selector_expression field: (field_identifier) @_n) @schema.is
  (#eq? @_n "NewSchema")) @schema

; graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{"user": &graphql.Field{…}}})
(call_expression
  function: (selector_expression field: (field_identifier) @_n)
  (#eq? @_n "NewObject")) @object

; query.AddFieldConfig("user", &graphql.Field{…})
(call_expression
  function: (selector_expression operand: (_) @operation.in field: (field_identifier) @_n)
  arguments: (argument_list . (_) @operation.name . (_) @operation.handler .)
  (#eq? @_n "AddFieldConfig")) @operation
