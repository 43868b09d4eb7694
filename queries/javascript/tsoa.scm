; @Route("users") class UsersController extends Controller {}
(class_declaration) @router
(class) @router
