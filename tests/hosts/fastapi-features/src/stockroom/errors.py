from typing import ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from slowapi.errors import RateLimitExceeded
from starlette.exceptions import HTTPException


class StockroomError(Exception):
    status: ClassVar[int] = 500
    code: ClassVar[str] = 'internal'

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unauthorized(StockroomError):
    status = 401
    code = 'unauthorized'


class NotFound(StockroomError):
    status = 404
    code = 'not_found'


class AlreadyExists(StockroomError):
    status = 409
    code = 'already_exists'


class InUse(StockroomError):
    status = 409
    code = 'in_use'


class UnknownReference(StockroomError):
    status = 422
    code = 'unknown_reference'


def error_response(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    body = {'error': {'code': code, 'message': message}}
    return JSONResponse(body, status_code=status, headers=headers)


def on_stockroom_error(request: Request, exc: StockroomError) -> JSONResponse:
    return error_response(exc.status, exc.code, exc.message)


def on_validation_error(request: Request, exc: RequestValidationError) -> JSONResponse:
    problems = [
        '.'.join(map(str, error['loc'][1:] or error['loc'])) + ': ' + error['msg']
        for error in exc.errors()
    ]
    return error_response(422, 'invalid', '; '.join(problems))


def on_http_exception(request: Request, exc: HTTPException) -> JSONResponse:
    headers = dict(exc.headers) if exc.headers else None
    return error_response(exc.status_code, 'http_error', exc.detail, headers)


def on_rate_limit(request: Request, exc: RateLimitExceeded) -> JSONResponse:
    seconds = exc.limit.limit.get_expiry() if exc.limit else 60
    return error_response(
        429, 'rate_limited', 'Too many requests', {'Retry-After': str(seconds)}
    )


def on_unexpected_error(request: Request, exc: Exception) -> JSONResponse:
    return error_response(500, 'internal', 'Something went wrong')


def install_error_handlers(app: FastAPI) -> None:
    app.exception_handler(StockroomError)(on_stockroom_error)
    app.exception_handler(RequestValidationError)(on_validation_error)
    app.exception_handler(HTTPException)(on_http_exception)
    app.exception_handler(RateLimitExceeded)(on_rate_limit)
    app.exception_handler(Exception)(on_unexpected_error)
