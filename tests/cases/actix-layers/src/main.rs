use std::error::Error;

use actix_web::{middleware, web, App, HttpServer};
use sqlx::postgres::PgPoolOptions;
use tracker::{auth::Keys, config::Config, routes, MIGRATOR};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    env_logger::init();
    let config = Config::from_env()?;
    let pool = PgPoolOptions::new()
        .max_connections(config.connections)
        .connect_lazy(&config.database_url)?;

    match std::env::args().nth(1).as_deref() {
        Some("migrate") => return Ok(MIGRATOR.run(&pool).await?),
        Some("revert") => return Ok(MIGRATOR.undo(&pool, 0).await?),
        Some("routes") => {
            println!("{}", routes::table().await);
            return Ok(());
        }
        _ => {}
    }

    let pool = web::Data::new(pool);
    let keys = web::Data::new(Keys::new(&config.jwt_secret));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(pool.clone())
            .app_data(keys.clone())
            .wrap(middleware::Logger::default())
            .configure(routes::configure)
    });
    server.bind(("0.0.0.0", config.port))?.run().await?;
    Ok(())
}
