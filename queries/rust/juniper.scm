; Schema::new(Query, Mutation {}, EmptySubscription::new())   RootNode::new(…)
(call_expression function: (scoped_identifier path: (_) @_s name: (identifier) @_n) @schema.is
  (#match? @_s "(Schema|RootNode)$") (#match? @_n "^new")) @schema

; #[graphql_object(context = Context)] impl Query { fn user(id: String) -> User {} }
((attribute_item (attribute [(identifier) @_o (scoped_identifier name: (identifier) @_o)] @operation.is))
  . (attribute_item)* . (impl_item type: (_) @operation.in
    body: (declaration_list (function_item) @operation @operation.handler))
  (#any-of? @_o "graphql_object" "graphql_subscription" "object"))
