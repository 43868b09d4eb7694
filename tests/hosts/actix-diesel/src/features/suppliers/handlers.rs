use actix_web::{HttpResponse, web};
use garde::Validate;
use serde_json::json;

use super::{
    dto::{NewSupplier, SupplierChanges, SupplierFilter, SupplierView},
    repo,
};
use crate::{
    db::{self, DbPool},
    errors::Failure,
};

pub async fn index(
    pool: web::Data<DbPool>,
    filter: web::Query<SupplierFilter>,
) -> Result<HttpResponse, Failure> {
    filter
        .validate()
        .map_err(|report| Failure::BadRequest(report.to_string()))?;
    let (rows, count) = db::run(pool, move |connection| repo::page(connection, &filter)).await?;
    let data: Vec<_> = rows.into_iter().map(SupplierView::from).collect();
    Ok(HttpResponse::Ok().json(json!({ "data": data, "count": count })))
}

pub async fn create(pool: web::Data<DbPool>, new: web::Json<NewSupplier>) -> Result<HttpResponse, Failure> {
    new.validate()
        .map_err(|report| Failure::BadRequest(report.to_string()))?;
    let supplier = db::run(pool, move |connection| repo::insert(connection, &new)).await?;
    Ok(HttpResponse::Created().json(json!({ "data": SupplierView::from(supplier) })))
}

pub async fn show(pool: web::Data<DbPool>, id: web::Path<i32>) -> Result<HttpResponse, Failure> {
    let supplier = db::run(pool, move |connection| repo::find(connection, *id))
        .await?
        .ok_or(Failure::Missing)?;
    Ok(HttpResponse::Ok().json(json!({ "data": SupplierView::from(supplier) })))
}

pub async fn update(
    pool: web::Data<DbPool>,
    id: web::Path<i32>,
    changes: web::Json<SupplierChanges>,
) -> Result<HttpResponse, Failure> {
    changes
        .validate()
        .map_err(|report| Failure::BadRequest(report.to_string()))?;
    let supplier = db::run(pool, move |connection| repo::change(connection, *id, &changes))
        .await?
        .ok_or(Failure::Missing)?;
    Ok(HttpResponse::Ok().json(json!({ "data": SupplierView::from(supplier) })))
}

pub async fn destroy(pool: web::Data<DbPool>, id: web::Path<i32>) -> Result<HttpResponse, Failure> {
    if db::run(pool, move |connection| repo::remove(connection, *id)).await? {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(Failure::Missing)
    }
}
