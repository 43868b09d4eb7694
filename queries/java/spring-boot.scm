; Controllers: which classes are told by the matcher's [[decorators]].
(class_declaration (modifiers [(annotation) (marker_annotation)])) @router
