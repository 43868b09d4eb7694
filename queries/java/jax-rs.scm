; Resources: which classes are told by the matcher's [[decorators]].
(class_declaration (modifiers [(annotation) (marker_annotation)])) @router

; @ApplicationPath("/api")
(annotation
  name: (identifier) @_a arguments: (annotation_argument_list . (_) @under.path .)
  (#eq? @_a "ApplicationPath")) @under
