; inherits: fastapi
