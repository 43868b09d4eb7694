//! Projects and labels over HTTP.

pub mod auth;
pub mod config;
pub mod error;
pub mod models;
pub mod openapi;
pub mod routes;
pub mod store;

/// The migrations under `migrations/`, built in.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();
