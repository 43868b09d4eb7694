; Resources: which classes are told by the matcher's [[decorators]].
(class_declaration) @router
