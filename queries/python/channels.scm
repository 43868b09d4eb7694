; URLRouter(websocket_urlpatterns)
(call function: (_) @router.is (#match? @router.is "URLRouter$")) @router

; if self.scope["user"].is_anonymous: await self.close()
(if_statement consequence: (block (expression_statement (await (call
  function: (attribute attribute: (identifier) @_c) @respond.status))) @respond) (#eq? @_c "close"))
(if_statement consequence: (block (expression_statement (call
  function: (attribute attribute: (identifier) @_c) @respond.status)) @respond) (#eq? @_c "close"))
(attribute object: (_) @read.on attribute: (identifier) @read.name
  (#any-of? @read.name "is_authenticated" "is_anonymous")) @read
