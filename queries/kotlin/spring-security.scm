; it.requestMatchers("/x").permitAll()
(call_expression
  (navigation_expression
    (call_expression
      (navigation_expression (_) (identifier) @rule.match)) @rule.on
    (identifier) @rule.verdict)
  (#any-of? @rule.match
    "requestMatchers" "antMatchers" "mvcMatchers" "pathMatchers" "anyRequest" "anyExchange" "matchers")) @rule

; web.ignoring().requestMatchers("/x")
(call_expression
  (navigation_expression
    (call_expression (navigation_expression (_) (identifier) @_i))
    (identifier) @rule.match)
  (#eq? @_i "ignoring")) @rule

; authorize("/x", permitAll)
(call_expression
  (identifier) @rule.match
  (#eq? @rule.match "authorize")) @rule

; securityMatcher("/api/**")
(call_expression
  (identifier) @limit.match
  (#any-of? @limit.match "securityMatcher" "securityMatchers")) @limit
