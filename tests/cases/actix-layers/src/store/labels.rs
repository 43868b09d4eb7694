use sqlx::PgPool;

use crate::models::label::{CreateLabel, Label};

pub async fn list(pool: &PgPool) -> Result<Vec<Label>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM labels ORDER BY name")
        .fetch_all(pool)
        .await
}

pub async fn insert(pool: &PgPool, new: &CreateLabel) -> Result<Label, sqlx::Error> {
    sqlx::query_as("INSERT INTO labels (name) VALUES ($1) RETURNING *")
        .bind(&new.name)
        .fetch_one(pool)
        .await
}
