; Schema::build(Query, Mutation, Subscription)
(call_expression function: (scoped_identifier path: (_) @_s name: (identifier) @_n) @schema.is
  (#match? @_s "Schema$") (#any-of? @_n "build" "new" "build_with_ignore_name_conflicts")) @schema

; #[Object] impl Query { async fn user(&self) -> User {} }
((attribute_item (attribute [(identifier) @_o (scoped_identifier name: (identifier) @_o)] @operation.is))
  . (attribute_item)* . (impl_item type: (_) @operation.in
    body: (declaration_list (function_item) @operation @operation.handler))
  (#any-of? @_o "Object" "ComplexObject" "Subscription"))

; ctx.data::<Claims>()
(call_expression function: (generic_function
  function: (field_expression field: (field_identifier) @_g)
  type_arguments: (type_arguments . [(type_identifier) @read.name (scoped_type_identifier name: (_) @read.name)]))
  (#any-of? @_g "data" "data_opt")) @read
((scoped_identifier name: (identifier) @error.status) @error
  (#match? @error.status "Unauthorized|Unauthenticated|Forbidden"))
(call_expression arguments: (arguments (string_literal) @error.status)
  (#match? @error.status "[Uu]nauthori[sz]ed|[Uu]nauthenticated|[Ff]orbidden")) @error
