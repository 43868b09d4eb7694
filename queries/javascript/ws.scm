; new WebSocketServer({ server, path: "/live" })
(new_expression constructor: (_) @router.is @_n (#match? @_n "Server$")) @router @route @route.on
