//! What the environment says.

use std::env;

/// Everything that differs from one deployment to another.
#[derive(Debug)]
pub struct Config {
    pub database_url: String,
    pub jwt_secret: String,
    pub port: u16,
    pub connections: u32,
}

impl Config {
    /// Reads the environment; there is no default for what is secret.
    pub fn from_env() -> Result<Self, String> {
        let jwt_secret = required("JWT_SECRET")?;
        if jwt_secret.len() < 32 {
            return Err("JWT_SECRET must have 32 bytes at least".to_owned());
        }
        Ok(Self {
            database_url: required("DATABASE_URL")?,
            jwt_secret,
            port: number("PORT", 8080)?,
            connections: number("DATABASE_CONNECTIONS", 10)?,
        })
    }
}

fn required(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("{name} must be set"))
}

fn number<T: std::str::FromStr>(name: &str, default: T) -> Result<T, String> {
    env::var(name).map_or(Ok(default), |text| {
        text.parse().map_err(|_| format!("{name} must be a number"))
    })
}
