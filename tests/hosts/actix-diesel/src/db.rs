//! The database.

use std::error::Error;

use actix_web::web;
use diesel::{
    QueryResult,
    connection::SimpleConnection,
    r2d2::{ConnectionManager, CustomizeConnection, Error as PoolError, Pool},
    sqlite::SqliteConnection,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::errors::Failure;

pub type DbPool = Pool<ConnectionManager<SqliteConnection>>;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

#[derive(Debug)]
struct Options;

impl CustomizeConnection<SqliteConnection, PoolError> for Options {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), PoolError> {
        connection
            .batch_execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;")
            .map_err(PoolError::QueryError)
    }
}

/// Opens the database at a path, its tables up to date.
pub fn open(path: &str) -> Result<DbPool, Box<dyn Error>> {
    let manager = ConnectionManager::new(path);
    let size = if path == ":memory:" { 1 } else { 8 };
    let pool = Pool::builder()
        .max_size(size)
        .connection_customizer(Box::new(Options))
        .build(manager)?;
    let mut connection = pool.get()?;
    connection.batch_execute("PRAGMA journal_mode = WAL;")?;
    connection
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| error.to_string())?;
    Ok(pool)
}

/// Runs statements off the threads that serve.
pub async fn run<T, F>(pool: web::Data<DbPool>, work: F) -> Result<T, Failure>
where
    T: Send + 'static,
    F: FnOnce(&mut SqliteConnection) -> QueryResult<T> + Send + 'static,
{
    let done = web::block(move || {
        let mut connection = pool.get().map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(work(&mut connection)?)
    });
    done.await.map_err(|error| Failure::Internal(error.to_string()))?
}
