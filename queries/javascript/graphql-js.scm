; graphqlHTTP({ schema })   expressMiddleware(server)   createYoga({ schema })
(call_expression function: (_) @router.is @_n
  (#match? @_n "graphqlHTTP$|[gG]raphqlExpress$|expressMiddleware$|createHandler$|createYoga$|expressGraph[qQ][lL]$")) @router
(new_expression constructor: (_) @router.is @_n (#match? @_n "ApolloServer$")) @router

; buildSchema(`…`)   makeExecutableSchema({ typeDefs, resolvers })   new ApolloServer({ typeDefs, resolvers })
(call_expression function: (_) @schema.is (#match? @schema.is "(buildSchema|makeExecutableSchema|createSchema)$")) @schema
(new_expression constructor: (_) @schema.is (#match? @schema.is "ApolloServer$")) @schema

; gql`type Query { a: Int }`
(call_expression function: (identifier) @_g arguments: (template_string) @document (#eq? @_g "gql"))
