//! Labels: one list for everybody.

use actix_web::{get, post, web, HttpResponse};
use sqlx::PgPool;
use validator::Validate;

use crate::{
    auth::AuthUser,
    error::ApiError,
    models::label::{CreateLabel, Label},
    store,
};

pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::scope("/labels")
            .service(list_labels)
            .service(create_label),
    );
}

/// Lists all labels by name.
#[utoipa::path(
    context_path = "/api/v1/labels",
    tag = "labels",
    responses((status = 200, body = Vec<Label>)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list_labels(
    pool: web::Data<PgPool>,
    _user: AuthUser,
) -> Result<HttpResponse, ApiError> {
    let labels = store::labels::list(&pool).await?;
    Ok(HttpResponse::Ok().json(labels))
}

/// Makes a label.
#[utoipa::path(
    context_path = "/api/v1/labels",
    tag = "labels",
    responses((status = 201, body = Label), (status = 409, description = "The name is taken")),
    security(("bearer" = []))
)]
#[post("")]
pub async fn create_label(
    pool: web::Data<PgPool>,
    _user: AuthUser,
    body: web::Json<CreateLabel>,
) -> Result<HttpResponse, ApiError> {
    body.validate()?;
    let label = store::labels::insert(&pool, &body).await?;
    Ok(HttpResponse::Created().json(label))
}
