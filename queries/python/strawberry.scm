; schema = strawberry.Schema(query=Query, mutation=Mutation)
(call function: (_) @schema.is (#match? @schema.is "Schema$")) @schema

; @strawberry.field   over a method of a root type
(decorated_definition
  (decorator [(identifier) (attribute)] @operation.is)
  definition: (function_definition) @operation.handler) @operation

; @strawberry.field(name="userById")
(decorated_definition
  (decorator (call function: (_) @operation.is) @operation)
  definition: (function_definition) @operation.handler)

; users: list[User] = strawberry.field(resolver=get_users)
(class_definition body: (block (expression_statement
  (assignment left: (identifier) @operation.field right: (call
    function: (_) @operation.is
    arguments: (argument_list (keyword_argument name: (_) @_r value: (_) @operation.handler))) @operation)))
  (#eq? @_r "resolver"))
(class_definition body: (block (expression_statement
  (assignment left: (identifier) @operation.field right: (call function: (_) @operation.is) @operation))))

; if not info.context.user.is_authenticated
(attribute object: (_) @read.on attribute: (identifier) @read.name
  (#any-of? @read.name "is_authenticated" "is_anonymous" "is_staff")) @read
(raise_statement (call function: (_) @error.status (#match? @error.status "(Permission|Unauthorized|Unauthenticated|Forbidden)"))) @error
