//! What is served where.

use actix_web::{App, HttpResponse, introspection::IntrospectionTree, middleware::from_fn, test, web};
use serde::Deserialize;

use crate::{db::DbPool, features::suppliers, keys::Keys};

/// Returns what registers the whole application.
pub fn with(pool: DbPool, keys: Keys) -> impl FnOnce(&mut web::ServiceConfig) {
    move |cfg| {
        cfg.app_data(web::Data::new(pool))
            .app_data(web::Data::new(keys))
            .configure(routes);
    }
}

fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/up", web::get().to(HttpResponse::NoContent)).service(
        web::scope("/v2").wrap(from_fn(crate::keys::required)).service(
            web::scope("/suppliers")
                .service(
                    web::resource("")
                        .route(web::get().to(suppliers::handlers::index))
                        .route(web::post().to(suppliers::handlers::create)),
                )
                .service(
                    web::resource("/{id}")
                        .route(web::get().to(suppliers::handlers::show))
                        .route(web::patch().to(suppliers::handlers::update))
                        .route(web::delete().to(suppliers::handlers::destroy)),
                ),
        ),
    );
}

/// Returns a line with method and path for everything that is served.
pub async fn table() -> String {
    async fn report(tree: web::Data<IntrospectionTree>) -> String {
        tree.report_as_json()
    }
    let app = test::init_service(App::new().configure(routes).default_service(web::to(report))).await;
    let request = test::TestRequest::with_uri("/*").to_request();
    let report = test::call_and_read_body(&app, request).await;
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
