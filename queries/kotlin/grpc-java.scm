; class Greeter : GreeterGrpcKt.GreeterCoroutineImplBase()
(class_declaration
  (delegation_specifiers (delegation_specifier (constructor_invocation (user_type) @_base)))
  (#match? @_base "ImplBase$")) @service @service.handler
