; .requestMatchers("/x").permitAll()
(method_invocation
  object: (method_invocation name: (identifier) @rule.match) @rule.on
  name: (identifier) @rule.verdict
  (#any-of? @rule.match
    "requestMatchers" "antMatchers" "mvcMatchers" "pathMatchers" "anyRequest" "anyExchange" "matchers"
    "dispatcherTypeMatchers")
  (#not-any-of? @rule.verdict "requestMatchers" "antMatchers" "mvcMatchers" "pathMatchers")) @rule

; web.ignoring().requestMatchers("/x")
(method_invocation
  object: (method_invocation name: (identifier) @_i)
  name: (identifier) @rule.match
 
  (#eq? @_i "ignoring")) @rule

(method_invocation
  object: (method_invocation object: (method_invocation name: (identifier) @_i))
  name: (identifier) @rule.match
  (#eq? @_i "ignoring")) @rule
(method_invocation
  object: (method_invocation object: (method_invocation object: (method_invocation name: (identifier) @_i)))
  name: (identifier) @rule.match
  (#eq? @_i "ignoring")) @rule

; http.securityMatcher("/api/**")   http.antMatcher("/api/**")
(method_invocation
  name: (identifier) @limit.match
  (#any-of? @limit.match "securityMatcher" "securityMatchers")) @limit
(method_invocation
  object: (identifier) @_http
  name: (identifier) @limit.match
  (#eq? @_http "http") (#any-of? @limit.match "antMatcher" "mvcMatcher")) @limit
