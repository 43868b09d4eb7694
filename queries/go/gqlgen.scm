; handler.NewDefaultServer(generated.NewExecutableSchema(generated.Config{Resolvers: &graph.Resolver{}}))
; handler.New(schema)
(call_expression
  function: (selector_expression field: (field_identifier) @_n) @schema.is
  (#any-of? @_n "NewDefaultServer" "New" "GraphQL")) @schema
