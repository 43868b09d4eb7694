; new Server(http, { path: "/live/" })   require("socket.io")(http)
(new_expression constructor: (_) @router.is @_n (#match? @_n "Server$|[iI][oO]$")) @router @route @route.on
(call_expression function: (_) @router.is @_n (#match? @_n "socket[._-]?[iI][oO]|^io$|IO$|Io$")) @router @route @route.on

; io.of("/chat")
(call_expression
  function: (member_expression object: (_) @route.on property: (property_identifier) @route.method)
  arguments: (arguments . (_) @route.path)
  (#eq? @route.method "of")) @route
