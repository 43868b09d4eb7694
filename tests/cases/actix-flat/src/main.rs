use actix_web::{web, App, HttpResponse, HttpServer};

async fn today() -> HttpResponse {
    HttpResponse::Ok().body("Less is more.")
}

async fn health() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| {
        App::new()
            .route("/health", web::get().to(health))
            .route("/today", web::get().to(today))
    })
    .bind(("127.0.0.1", 8080))?
    .run()
    .await
}
