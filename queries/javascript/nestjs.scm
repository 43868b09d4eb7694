; inherits: _node_http

; Controllers, modules and gateways: which classes are what is told by the matcher's [[decorators]].
(class_declaration) @router
(class) @router

; NestFactory.create(AppModule)   await NestFactory.create<NestExpressApplication>(AppModule)
(call_expression
  function: [
    (member_expression object: (_) @_o property: (property_identifier) @_c)
    (await_expression (member_expression object: (_) @_o property: (property_identifier) @_c))
  ] @router.is
  (#match? @_o "Factory$") (#eq? @_c "create")) @router
(call_expression
  function: [
    (member_expression object: (_) @_o property: (property_identifier) @_c)
    (await_expression (member_expression object: (_) @_o property: (property_identifier) @_c))
  ]
  arguments: (arguments . (_) @mount.target)
  (#match? @_o "Factory$") (#eq? @_c "create")) @mount @mount.on

; registerAs("app", () => ({ … }))   ConfigModule.forRoot({ load: [configuration] })
(call_expression
  function: (identifier) @_r
  arguments: (arguments . (string (string_fragment) @setting.name) . (_) @setting.value)
  (#eq? @_r "registerAs")) @setting
(pair key: (property_identifier) @_l value: (array (_) @setting.value) (#eq? @_l "load")) @setting

; app.listen(3000)
(call_expression
  function: (member_expression object: (_) @entrypoint.target property: (property_identifier) @_s)
  (#any-of? @_s "listen" "listenAsync" "init" "getHttpAdapter" "getHttpServer")) @entrypoint

; app.setGlobalPrefix("api", { exclude: ["health"] })
(call_expression
  function: (member_expression object: (_) @prefix.on property: (property_identifier) @_p)
  (#eq? @_p "setGlobalPrefix")) @prefix

; app.enableVersioning({ type: VersioningType.URI, defaultVersion: "1" })
(call_expression
  function: (member_expression object: (_) @versioning.on property: (property_identifier) @_v)
  (#eq? @_v "enableVersioning")) @versioning

; app.getHttpAdapter().get("/raw", handler)
(call_expression
  function: (member_expression object: (_) @group.on property: (property_identifier) @_h)
  (#any-of? @_h "getHttpAdapter" "getInstance")) @group
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . (_) @route.path . (_))
  (#match? @route.on "getHttpAdapter|getInstance|[aA]dapter$|[sS]erver$|[iI]nstance$|[eE]xpress(App)?$|[fF]astify$")
  (#any-of? @route.method "get" "post" "put" "patch" "delete" "head" "options" "all")) @route

; app.useGlobalGuards(new AuthGuard())   app.use(helmet())
(call_expression
  function: (member_expression object: (_) @middleware.on property: (property_identifier) @_g)
  (#any-of? @_g "useGlobalGuards" "use")) @middleware

; consumer.apply(A, B).exclude("x").forRoutes("*")
(call_expression
  function: (member_expression
    object: (call_expression
      function: (member_expression object: (identifier) property: (property_identifier) @_a)
      arguments: (arguments) @standing.target)
    property: (property_identifier) @_f)
  arguments: (arguments) @standing.for
  (#eq? @_a "apply") (#eq? @_f "forRoutes")) @standing
(call_expression
  function: (member_expression
    object: (call_expression
      function: (member_expression
        object: (call_expression
          function: (member_expression object: (identifier) property: (property_identifier) @_a)
          arguments: (arguments) @standing.target)
        property: (property_identifier) @_e)
      arguments: (arguments) @standing.except)
    property: (property_identifier) @_f)
  arguments: (arguments) @standing.for
  (#eq? @_a "apply") (#eq? @_e "exclude") (#eq? @_f "forRoutes")) @standing

; GraphQLModule.forRoot({ typePaths: ["./**/*.graphql"] })
(call_expression
  function: (member_expression property: (property_identifier) @_f) @schema.is
  (#match? @_f "^forRoot")) @schema

; @Query(() => User, { name: "user" }) user() {}
(class_body
  (decorator (call_expression function: (identifier) @operation.is @operation.type) @operation)
  . [(decorator) (comment)]* . (method_definition) @operation.handler
  (#any-of? @operation.type "Query" "Mutation" "Subscription"))
(class_body
  (decorator (call_expression
    function: (member_expression property: (property_identifier) @operation.type) @operation.is) @operation)
  . [(decorator) (comment)]* . (method_definition) @operation.handler
  (#any-of? @operation.type "Query" "Mutation" "Subscription"))

; @GrpcMethod("HeroesService", "FindOne") find() {}
(class_body
  (decorator (call_expression
    function: (identifier) @_g
    arguments: (arguments . (_) @service.name . (_) @service.method)) @service)
  . [(decorator) (comment)]* . (method_definition) @service.handler
  (#any-of? @_g "GrpcMethod" "GrpcStreamMethod" "GrpcStreamCall"))
; @GrpcMethod("HeroesService") findOne() {}
(class_body
  (decorator (call_expression function: (identifier) @_g arguments: (arguments . (_) @service.name .)) @service)
  . [(decorator) (comment)]* . (method_definition name: (_) @service.method) @service.handler
  (#any-of? @_g "GrpcMethod" "GrpcStreamMethod" "GrpcStreamCall"))
; class HeroesService { @GrpcMethod() findOne() {} }
(class_declaration
  name: (_) @service.name
  body: (class_body
    (decorator (call_expression function: (identifier) @_g arguments: (arguments) @_none) @service)
    . [(decorator) (comment)]* . (method_definition name: (_) @service.method) @service.handler)
  (#eq? @_none "()")
  (#any-of? @_g "GrpcMethod" "GrpcStreamMethod" "GrpcStreamCall"))
; @HeroesServiceControllerMethods() class HeroesController {}
(class_declaration
  (decorator (call_expression function: (identifier) @service.name) @service)
  (#match? @service.name "ControllerMethods$")) @service.handler
(export_statement
  (decorator (call_expression function: (identifier) @service.name) @service)
  declaration: (class_declaration) @service.handler
  (#match? @service.name "ControllerMethods$"))
