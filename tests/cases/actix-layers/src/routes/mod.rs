//! What is served where.

use actix_web::{get, introspection::IntrospectionTree, test, web, App, HttpResponse, Responder};

use serde::Deserialize;

use crate::openapi;

pub mod auth;
pub mod labels;
pub mod projects;

/// Registers everything that the application serves.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(health).service(openapi::openapi_json).service(
        web::scope("/api/v1")
            .configure(auth::configure)
            .configure(labels::configure)
            .configure(projects::configure),
    );
}

#[get("/healthz")]
async fn health() -> impl Responder {
    HttpResponse::NoContent()
}

/// Returns a line with method and path for everything that is served.
pub async fn table() -> String {
    async fn report(tree: web::Data<IntrospectionTree>) -> String {
        tree.report_as_json()
    }
    let app = App::new()
        .configure(configure)
        .default_service(web::to(report));
    let request = test::TestRequest::with_uri("/*").to_request();
    let report = test::call_and_read_body(&test::init_service(app).await, request).await;
    let routes: Vec<Route> = serde_json::from_slice(&report).unwrap_or_default();
    let lines = routes.iter().flat_map(|route| {
        let line = |method| format!("{method} {}\n", route.full_path);
        route.methods.iter().map(line)
    });
    lines.collect()
}

#[derive(Deserialize)]
struct Route {
    full_path: String,
    methods: Vec<String>,
}
