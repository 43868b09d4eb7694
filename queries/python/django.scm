; ROOT_URLCONF = "shop.urls"
(assignment left: (identifier) @setting.name right: (_) @setting.value
  (#any-of? @setting.name "ROOT_URLCONF" "REST_FRAMEWORK" "MIDDLEWARE")) @setting

; urlpatterns = [path("x", view)]   what a table holds is evaluated, not matched
(module (expression_statement (assignment left: (identifier) @table.name) @table) (#eq? @table.name "urlpatterns"))

; router = DefaultRouter()
(call function: (_) @router.is (#match? @router.is "Router$")) @router

; router.register("users", UserViewSet)
(call
  function: (attribute object: (_) @route.on attribute: (identifier) @route.method)
  (#eq? @route.method "register")) @route

; router.registry.extend(other.registry)
(call
  function: (attribute
    object: (attribute object: (_) @mount.on attribute: (identifier) @_r) attribute: (identifier) @mount.method)
  (#eq? @_r "registry") (#eq? @mount.method "extend")) @mount

; raise PermissionDenied   raise NotAuthenticated()
(raise_statement (call function: (_) @error.status
  (#match? @error.status "(PermissionDenied|NotAuthenticated|AuthenticationFailed)$"))) @error
(raise_statement [(identifier) (attribute)] @error.status
  (#match? @error.status "(PermissionDenied|NotAuthenticated|AuthenticationFailed)$")) @error

; return HttpResponseForbidden()   return HttpResponse(status=401)   return Response({}, status=401)
(return_statement (call function: (_) @respond.status (#match? @respond.status "(HttpResponseForbidden|redirect_to_login)$"))) @respond
(return_statement (call
  arguments: (argument_list (keyword_argument name: (_) @_k value: (_) @respond.status)))
  (#eq? @_k "status")) @respond
(return_statement (call
  arguments: (argument_list (_) . [(integer) (attribute)] @respond.status))) @respond
(if_statement consequence: (block (return_statement (call
  function: (_) @_r arguments: (argument_list . (_) @respond.status))) @respond)
  (#match? @_r "([rR]edirect|HttpResponseRedirect)$"))

; request.user.is_authenticated   request.META["HTTP_AUTHORIZATION"]   request.headers.get("X-API-Key")   request.session["x"]
(attribute object: (attribute attribute: (identifier) @_u) attribute: (identifier) @read.name
  (#eq? @_u "user") (#any-of? @read.name "is_authenticated" "is_anonymous" "is_staff" "is_superuser")) @read
(subscript value: (attribute attribute: (identifier) @_h) subscript: (_) @read.name
  (#any-of? @_h "headers" "META" "COOKIES" "session")) @read
(call
  function: (attribute object: (attribute attribute: (identifier) @_h) attribute: (identifier) @_g)
  arguments: (argument_list . (_) @read.name)
  (#any-of? @_h "headers" "META" "COOKIES" "session") (#eq? @_g "get")) @read
