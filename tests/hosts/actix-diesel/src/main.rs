use std::{env, error::Error};

use actix_web::{App, HttpServer};
use pantry::{app, db, keys::Keys};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if env::args().nth(1).as_deref() == Some("routes") {
        println!("{}", app::table().await);
        return Ok(());
    }
    let path = env::var("PANTRY_DB").unwrap_or_else(|_| "pantry.sqlite3".to_owned());
    let pool = db::open(&path)?;
    let keys = Keys::parse(&env::var("PANTRY_KEYS").map_err(|_| "PANTRY_KEYS must be set")?);
    let port = env::var("PORT").map_or(Ok(8080), |port| port.parse())?;
    HttpServer::new(move || App::new().configure(app::with(pool.clone(), keys.clone())))
        .bind(("0.0.0.0", port))?
        .run()
        .await?;
    Ok(())
}
