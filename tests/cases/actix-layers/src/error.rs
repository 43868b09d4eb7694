//! How calls fail.

use std::{collections::BTreeMap, fmt};

use actix_web::{http::StatusCode, HttpResponse, ResponseError};
use serde_json::json;
use validator::ValidationErrors;

/// What is wrong with which fields of a request, by their names in JSON.
pub type FieldErrors = BTreeMap<String, String>;

/// Why a call failed, as far as its caller may know.
#[derive(Debug)]
pub enum ApiError {
    BadRequest(String),
    Validation(FieldErrors),
    Unauthorized,
    NotFound,
    Conflict(String),
    Internal,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadRequest(why) | Self::Conflict(why) => f.write_str(why),
            Self::Validation(_) => f.write_str("validation failed"),
            Self::Unauthorized => f.write_str("authentication required"),
            Self::NotFound => f.write_str("not found"),
            Self::Internal => f.write_str("internal server error"),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Validation(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut reply = HttpResponse::build(self.status_code());
        let error = self.to_string();
        match self {
            Self::Validation(fields) => reply.json(json!({ "error": error, "fields": fields })),
            _ => reply.json(json!({ "error": error })),
        }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Database(cause) if cause.is_unique_violation() => {
                Self::Conflict("already exists".to_owned())
            }
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => {
                Self::Conflict("still in use".to_owned())
            }
            _ => {
                log::error!("database: {error}");
                Self::Internal
            }
        }
    }
}

impl From<ValidationErrors> for ApiError {
    fn from(errors: ValidationErrors) -> Self {
        let described = |name: &str| (name.to_owned(), "is not valid".to_owned());
        Self::Validation(errors.errors().keys().map(|name| described(name)).collect())
    }
}
