use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// A project of one account.
#[derive(Debug, Serialize, FromRow, ToSchema)]
pub struct Project {
    pub id: i64,
    #[serde(skip)]
    pub owner_id: i64,
    pub title: String,
    pub description: Option<String>,
    pub archived: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct CreateProject {
    #[validate(length(min = 1, max = 120))]
    pub title: String,
    pub description: Option<String>,
    #[serde(default)]
    pub archived: bool,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct UpdateProject {
    #[validate(length(min = 1, max = 120))]
    pub title: Option<String>,
    pub description: Option<String>,
    pub archived: Option<bool>,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProjectQuery {
    #[serde(default = "first_page")]
    #[validate(range(min = 1, max = 1_000_000))]
    pub page: i64,
    #[serde(default = "usual_limit")]
    #[validate(range(min = 1, max = 100))]
    pub limit: i64,
    pub archived: Option<bool>,
}

fn first_page() -> i64 {
    1
}

fn usual_limit() -> i64 {
    20
}
