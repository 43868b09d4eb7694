; buildSchema({ resolvers: [RecipeResolver] })
(call_expression function: (_) @schema.is (#match? @schema.is "(buildSchema|buildSchemaSync|buildTypeDefsAndResolvers|buildTypeDefsAndResolversSync)$")) @schema

; @Query(() => Recipe, { name: "recipe" }) recipe() {}
(class_body
  (decorator (call_expression function: (identifier) @operation.is @operation.type) @operation)
  . [(decorator) (comment)]* . (method_definition) @operation.handler
  (#any-of? @operation.type "Query" "Mutation" "Subscription"))
