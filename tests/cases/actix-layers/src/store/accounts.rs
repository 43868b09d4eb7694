use std::sync::LazyLock;

use argon2::{
    password_hash::{rand_core::OsRng, PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
    Argon2,
};
use sqlx::PgPool;

use crate::{error::ApiError, models::account::Account};

/// What is compared for an address that nobody has, so that it takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody").unwrap_or_default());

pub async fn insert(
    pool: &PgPool,
    email: &str,
    name: &str,
    password_hash: &str,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(
        "INSERT INTO accounts (email, name, password_hash) VALUES (lower($1), $2, $3) RETURNING id",
    )
    .bind(email)
    .bind(name)
    .bind(password_hash)
    .fetch_one(pool)
    .await
}

pub async fn find_by_email(pool: &PgPool, email: &str) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as("SELECT id, password_hash FROM accounts WHERE email = lower($1)")
        .bind(email)
        .fetch_optional(pool)
        .await
}

/// Hashes a password; it takes a while, so call it where blocking is allowed.
pub fn hash(password: &str) -> Result<String, ApiError> {
    let salt = SaltString::generate(&mut OsRng);
    Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| {
            log::error!("hashing a password: {error}");
            ApiError::Internal
        })
}

/// Tells whether a password is the account's.
pub fn verify(account: Option<&Account>, password: &str) -> bool {
    let hash = account.map_or(NOBODY.as_str(), |account| &account.password_hash);
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}
