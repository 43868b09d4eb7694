; schema = graphene.Schema(query=Query, mutation=Mutation)
(call function: (_) @schema.is (#match? @schema.is "([sS]chema)$")) @schema

; users = graphene.List(User)   create_user = CreateUser.Field()
(class_definition body: (block (expression_statement
  (assignment left: (identifier) @operation.field right: (call function: (_) @operation.is) @operation))))

; if info.context.user.is_anonymous: raise …
(attribute object: (_) @read.on attribute: (identifier) @read.name
  (#any-of? @read.name "is_authenticated" "is_anonymous" "is_staff")) @read
(raise_statement (call function: (_) @error.status (#match? @error.status "(Permission|Unauthorized|Unauthenticated|Forbidden)"))) @error
