//! Accounts: registering and logging in.

use actix_web::{post, web, HttpResponse};
use sqlx::PgPool;
use validator::Validate;

use crate::{
    auth::Keys,
    error::ApiError,
    models::account::{Credentials, Registration, Token},
    store,
};

pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::scope("/auth").service(register).service(login));
}

/// Makes an account.
#[utoipa::path(
    context_path = "/api/v1/auth",
    tag = "auth",
    responses((status = 201, description = "The account was made"), (status = 409, description = "The address is taken"))
)]
#[post("/register")]
pub async fn register(
    pool: web::Data<PgPool>,
    body: web::Json<Registration>,
) -> Result<HttpResponse, ApiError> {
    body.validate()?;
    let Registration {
        email,
        name,
        password,
    } = body.into_inner();
    let hash = web::block(move || store::accounts::hash(&password))
        .await
        .map_err(|_| ApiError::Internal)??;
    store::accounts::insert(&pool, &email, &name, &hash).await?;
    Ok(HttpResponse::Created().finish())
}

/// Gives a token for an address and its password.
#[utoipa::path(
    context_path = "/api/v1/auth",
    tag = "auth",
    responses((status = 200, body = Token), (status = 401, description = "Wrong credentials"))
)]
#[post("/login")]
pub async fn login(
    pool: web::Data<PgPool>,
    keys: web::Data<Keys>,
    body: web::Json<Credentials>,
) -> Result<HttpResponse, ApiError> {
    let Credentials { email, password } = body.into_inner();
    let account = store::accounts::find_by_email(&pool, &email).await?;
    let id = account.as_ref().map(|account| account.id);
    let known = web::block(move || store::accounts::verify(account.as_ref(), &password))
        .await
        .map_err(|_| ApiError::Internal)?;
    let id = id.filter(|_| known).ok_or(ApiError::Unauthorized)?;
    Ok(HttpResponse::Ok().json(Token {
        access_token: keys.sign(id)?,
    }))
}
