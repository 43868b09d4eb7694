from .routers import router
from .setup import create_application

app = create_application(router=router)
