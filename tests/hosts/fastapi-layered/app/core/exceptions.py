from fastapi import FastAPI, Request, status
from fastapi.responses import JSONResponse


class AppError(Exception):
    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFoundError(AppError):
    status_code = status.HTTP_404_NOT_FOUND


class ConflictError(AppError):
    status_code = status.HTTP_409_CONFLICT


class InvalidReferenceError(AppError):
    status_code = status.HTTP_422_UNPROCESSABLE_CONTENT


class InvalidCredentialsError(AppError):
    status_code = status.HTTP_401_UNAUTHORIZED


class PermissionDeniedError(AppError):
    status_code = status.HTTP_403_FORBIDDEN


async def handle_app_error(request: Request, exc: AppError) -> JSONResponse:
    unauthorized = exc.status_code == status.HTTP_401_UNAUTHORIZED
    return JSONResponse(
        {"detail": exc.detail},
        status_code=exc.status_code,
        headers={"WWW-Authenticate": "Bearer"} if unauthorized else None,
    )


def register_exception_handlers(app: FastAPI) -> None:
    app.exception_handler(AppError)(handle_app_error)
