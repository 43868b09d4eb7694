//! How calls fail.

use std::{collections::BTreeMap, fmt};

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use serde_json::json;

#[derive(Debug)]
pub enum Failure {
    Missing,
    Duplicate(String),
    Invalid(BTreeMap<String, String>),
    BadRequest(String),
    Unauthorized,
    Internal(String),
}

impl Failure {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Duplicate(_) => "duplicate",
            Self::Invalid(_) => "invalid",
            Self::BadRequest(_) => "bad_request",
            Self::Unauthorized => "unauthorized",
            Self::Internal(_) => "internal",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such thing"),
            Self::Duplicate(why) | Self::BadRequest(why) => f.write_str(why),
            Self::Invalid(_) => f.write_str("some fields are not valid"),
            Self::Unauthorized => f.write_str("a valid X-Api-Key header is required"),
            Self::Internal(_) => f.write_str("something went wrong"),
        }
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Duplicate(_) => StatusCode::CONFLICT,
            Self::Invalid(_) | Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Internal(cause) = self {
            tracing::error!("{cause}");
        }
        let mut body = json!({ "code": self.code(), "message": self.to_string() });
        if let Self::Invalid(fields) = self {
            body["fields"] = json!(fields);
        }
        HttpResponse::build(self.status_code()).json(body)
    }
}

impl From<DieselError> for Failure {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::Missing,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Self::Duplicate("that is taken".to_owned())
            }
            DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
                Self::Duplicate("that is in use".to_owned())
            }
            error => Self::Internal(error.to_string()),
        }
    }
}
