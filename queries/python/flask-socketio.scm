; SocketIO(app, path="/live")   SocketIO()
(call function: (_) @router.is @_n (#match? @_n "SocketIO$")) @router @route @route.on
