use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;
use validator::Validate;

/// Somebody who may call.
#[derive(Debug, FromRow)]
pub struct Account {
    pub id: i64,
    pub password_hash: String,
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct Registration {
    #[validate(email, length(max = 254))]
    pub email: String,
    #[validate(length(min = 1, max = 100))]
    pub name: String,
    #[validate(length(min = 12, max = 200))]
    pub password: String,
}

#[derive(Deserialize, ToSchema)]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

#[derive(Serialize, ToSchema)]
pub struct Token {
    pub access_token: String,
}
