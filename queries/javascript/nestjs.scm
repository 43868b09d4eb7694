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

; app.setGlobalPrefix("api", { exclude: ["health"] })
(call_expression
  function: (member_expression object: (_) @prefix.on property: (property_identifier) @_p)
  (#eq? @_p "setGlobalPrefix")) @prefix

; app.enableVersioning({ type: VersioningType.URI, defaultVersion: "1" })
(call_expression
  function: (member_expression object: (_) @versioning.on property: (property_identifier) @_v)
  (#eq? @_v "enableVersioning")) @versioning

; app.useGlobalGuards(new AuthGuard())   app.use(helmet())
(call_expression
  function: (member_expression object: (_) @middleware.on property: (property_identifier) @_g)
  (#any-of? @_g "useGlobalGuards" "useGlobalInterceptors" "use")) @middleware

; consumer.apply(A, B).exclude("x").forRoutes("*")
(call_expression
  function: (member_expression
    object: (call_expression
      function: (member_expression object: (identifier) property: (property_identifier) @_a)
      arguments: (arguments (_) @standing.target))
    property: (property_identifier) @_f)
  arguments: (arguments (_) @standing.for)
  (#eq? @_a "apply") (#eq? @_f "forRoutes")) @standing
(call_expression
  function: (member_expression
    object: (call_expression
      function: (member_expression
        object: (call_expression
          function: (member_expression object: (identifier) property: (property_identifier) @_a)
          arguments: (arguments (_) @standing.target))
        property: (property_identifier) @_e)
      arguments: (arguments (_) @standing.except))
    property: (property_identifier) @_f)
  arguments: (arguments (_) @standing.for)
  (#eq? @_a "apply") (#eq? @_e "exclude") (#eq? @_f "forRoutes")) @standing
