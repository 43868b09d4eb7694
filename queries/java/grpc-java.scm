; class Greeter extends GreeterGrpc.GreeterImplBase
(class_declaration superclass: (superclass (_) @_base) (#match? @_base "ImplBase$")) @service @service.handler
