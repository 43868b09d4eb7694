use sqlx::{PgPool, Postgres, QueryBuilder};

use crate::models::project::{CreateProject, Project, ProjectQuery, UpdateProject};

/// Returns a page of an owner's projects, and how many there are in all.
pub async fn list(
    pool: &PgPool,
    owner_id: i64,
    query: &ProjectQuery,
) -> Result<(Vec<Project>, i64), sqlx::Error> {
    let mut count = QueryBuilder::new("SELECT count(*) FROM projects");
    push_conditions(&mut count, owner_id, query);
    let total = count.build_query_scalar().fetch_one(pool).await?;

    let mut page = QueryBuilder::new("SELECT * FROM projects");
    push_conditions(&mut page, owner_id, query);
    page.push(" ORDER BY created_at DESC, id DESC LIMIT ")
        .push_bind(query.limit)
        .push(" OFFSET ")
        .push_bind((query.page - 1) * query.limit);
    Ok((page.build_query_as().fetch_all(pool).await?, total))
}

fn push_conditions(
    statement: &mut QueryBuilder<'_, Postgres>,
    owner_id: i64,
    query: &ProjectQuery,
) {
    statement.push(" WHERE owner_id = ").push_bind(owner_id);
    if let Some(archived) = query.archived {
        statement.push(" AND archived = ").push_bind(archived);
    }
}

pub async fn find(pool: &PgPool, owner_id: i64, id: i64) -> Result<Option<Project>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM projects WHERE id = $1 AND owner_id = $2")
        .bind(id)
        .bind(owner_id)
        .fetch_optional(pool)
        .await
}

pub async fn insert(
    pool: &PgPool,
    owner_id: i64,
    new: &CreateProject,
) -> Result<Project, sqlx::Error> {
    sqlx::query_as(
        "INSERT INTO projects (owner_id, title, description, archived) VALUES ($1, $2, $3, $4) RETURNING *",
    )
    .bind(owner_id)
    .bind(&new.title)
    .bind(&new.description)
    .bind(new.archived)
    .fetch_one(pool)
    .await
}

pub async fn update(
    pool: &PgPool,
    owner_id: i64,
    id: i64,
    changes: &UpdateProject,
) -> Result<Option<Project>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE projects SET title = coalesce($3, title), description = coalesce($4, description), \
         archived = coalesce($5, archived), updated_at = now() \
         WHERE id = $1 AND owner_id = $2 RETURNING *",
    )
    .bind(id)
    .bind(owner_id)
    .bind(&changes.title)
    .bind(&changes.description)
    .bind(changes.archived)
    .fetch_optional(pool)
    .await
}

pub async fn delete(pool: &PgPool, owner_id: i64, id: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM projects WHERE id = $1 AND owner_id = $2")
        .bind(id)
        .bind(owner_id)
        .execute(pool)
        .await?;
    Ok(done.rows_affected() > 0)
}
