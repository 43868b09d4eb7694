//! Who calls: bearer tokens.

use std::future::{ready, Ready};

use actix_web::{dev::Payload, http::header, web, FromRequest, HttpRequest};
use chrono::{Duration, Utc};
use jsonwebtoken::{decode, encode, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::error::ApiError;

const ISSUER: &str = "tracker";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: String,
    iss: String,
    exp: i64,
}

/// What tokens are signed and checked with.
pub struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl Keys {
    pub fn new(secret: &str) -> Self {
        let mut validation = Validation::default();
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        Self {
            encoding: EncodingKey::from_secret(secret.as_bytes()),
            decoding: DecodingKey::from_secret(secret.as_bytes()),
            validation,
        }
    }

    /// Returns a token that says for an hour who its bearer is.
    pub fn sign(&self, account_id: i64) -> Result<String, ApiError> {
        let claims = Claims {
            sub: account_id.to_string(),
            iss: ISSUER.to_owned(),
            exp: (Utc::now() + Duration::hours(1)).timestamp(),
        };
        encode(&Header::default(), &claims, &self.encoding).map_err(|error| {
            log::error!("signing a token: {error}");
            ApiError::Internal
        })
    }

    fn verify(&self, token: &str) -> Option<AuthUser> {
        let token = decode::<Claims>(token, &self.decoding, &self.validation).ok()?;
        let id = token.claims.sub.parse().ok()?;
        Some(AuthUser { id })
    }
}

/// The account that calls; a handler that takes one answers 401 to everybody else.
#[derive(Debug, Clone, Copy)]
pub struct AuthUser {
    pub id: i64,
}

impl FromRequest for AuthUser {
    type Error = ApiError;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let token = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        let keys = request.app_data::<web::Data<Keys>>();
        let user = keys.zip(token).and_then(|(keys, token)| keys.verify(token));
        ready(user.ok_or(ApiError::Unauthorized))
    }
}
