; conn, err := upgrader.Upgrade(w, r, nil)
(call_expression
  function: (selector_expression field: (field_identifier) @_u) @upgrade.is
  (#any-of? @_u "Upgrade" "Accept" "UpgradeHTTP" "HandleRequest" "HandleRequestWithKeys" "ServeHTTP")) @upgrade
