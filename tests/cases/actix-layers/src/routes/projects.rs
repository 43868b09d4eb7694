//! Projects: everybody has their own.

use actix_web::{delete, get, post, put, web, HttpResponse};
use sqlx::PgPool;
use validator::Validate;

use crate::{
    auth::AuthUser,
    error::ApiError,
    models::{
        page::Page,
        project::{CreateProject, Project, ProjectQuery, UpdateProject},
    },
    store,
};

pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::scope("/projects")
            .service(list_projects)
            .service(create_project)
            .service(get_project)
            .service(update_project)
            .service(delete_project),
    );
}

/// Lists the caller's projects, the newest first.
#[utoipa::path(
    context_path = "/api/v1/projects",
    tag = "projects",
    params(ProjectQuery),
    responses((status = 200, body = Page<Project>), (status = 422, description = "Bad parameters")),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list_projects(
    pool: web::Data<PgPool>,
    user: AuthUser,
    query: web::Query<ProjectQuery>,
) -> Result<HttpResponse, ApiError> {
    query.validate()?;
    let (items, total) = store::projects::list(&pool, user.id, &query).await?;
    Ok(HttpResponse::Ok().json(Page::new(items, total, query.page, query.limit)))
}

/// Makes a project.
#[utoipa::path(
    context_path = "/api/v1/projects",
    tag = "projects",
    responses((status = 201, body = Project), (status = 422, description = "Bad fields")),
    security(("bearer" = []))
)]
#[post("")]
pub async fn create_project(
    pool: web::Data<PgPool>,
    user: AuthUser,
    body: web::Json<CreateProject>,
) -> Result<HttpResponse, ApiError> {
    body.validate()?;
    let project = store::projects::insert(&pool, user.id, &body).await?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/api/v1/projects/{}", project.id)))
        .json(project))
}

/// Shows a project.
#[utoipa::path(
    context_path = "/api/v1/projects",
    tag = "projects",
    responses((status = 200, body = Project), (status = 404, description = "No such project")),
    security(("bearer" = []))
)]
#[get("/{id}")]
pub async fn get_project(
    pool: web::Data<PgPool>,
    user: AuthUser,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let project = store::projects::find(&pool, user.id, *id)
        .await?
        .ok_or(ApiError::NotFound)?;
    Ok(HttpResponse::Ok().json(project))
}

/// Changes a project.
#[utoipa::path(
    context_path = "/api/v1/projects",
    tag = "projects",
    responses((status = 200, body = Project), (status = 404, description = "No such project")),
    security(("bearer" = []))
)]
#[put("/{id}")]
pub async fn update_project(
    pool: web::Data<PgPool>,
    user: AuthUser,
    id: web::Path<i64>,
    body: web::Json<UpdateProject>,
) -> Result<HttpResponse, ApiError> {
    body.validate()?;
    let project = store::projects::update(&pool, user.id, *id, &body)
        .await?
        .ok_or(ApiError::NotFound)?;
    Ok(HttpResponse::Ok().json(project))
}

/// Removes a project.
#[utoipa::path(
    context_path = "/api/v1/projects",
    tag = "projects",
    responses((status = 204, description = "Gone"), (status = 404, description = "No such project")),
    security(("bearer" = []))
)]
#[delete("/{id}")]
pub async fn delete_project(
    pool: web::Data<PgPool>,
    user: AuthUser,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    if !store::projects::delete(&pool, user.id, *id).await? {
        return Err(ApiError::NotFound);
    }
    Ok(HttpResponse::NoContent().finish())
}
