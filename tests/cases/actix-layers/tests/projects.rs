//! The projects over HTTP, each test on a database of its own.

mod common;

use actix_web::{http::StatusCode, test};
use common::{account, app, token};
use serde_json::{json, Value};
use sqlx::PgPool;

const PROJECTS: &str = "/api/v1/projects";

#[sqlx::test(migrator = "tracker::MIGRATOR")]
async fn a_project_is_made_shown_changed_and_removed(pool: PgPool) {
    let owner = token(account(&pool, "first@example.com").await);
    let app = test::init_service(app(&pool)).await;

    let request = test::TestRequest::post()
        .uri(PROJECTS)
        .insert_header(owner.clone())
        .set_json(json!({"title": "Garden"}));
    let response = test::call_service(&app, request.to_request()).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let made: Value = test::read_body_json(response).await;
    let path = format!("{PROJECTS}/{}", made["id"]);

    let request = test::TestRequest::put()
        .uri(&path)
        .insert_header(owner.clone())
        .set_json(json!({"archived": true}));
    let changed: Value = test::call_and_read_body_json(&app, request.to_request()).await;
    assert_eq!(changed["title"], "Garden");
    assert_eq!(changed["archived"], true);

    for status in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
        let request = test::TestRequest::delete()
            .uri(&path)
            .insert_header(owner.clone());
        let response = test::call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), status);
    }
}

#[sqlx::test(migrator = "tracker::MIGRATOR")]
async fn projects_belong_to_their_owner(pool: PgPool) {
    let owner = token(account(&pool, "first@example.com").await);
    let other = token(account(&pool, "second@example.com").await);
    let app = test::init_service(app(&pool)).await;
    let request = test::TestRequest::post()
        .uri(PROJECTS)
        .insert_header(owner)
        .set_json(json!({"title": "Garden"}));
    let made: Value = test::call_and_read_body_json(&app, request.to_request()).await;

    let request = test::TestRequest::get()
        .uri(&format!("{PROJECTS}/{}", made["id"]))
        .insert_header(other);
    let response = test::call_service(&app, request.to_request()).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "tracker::MIGRATOR")]
async fn nobody_sees_projects_without_a_token(pool: PgPool) {
    let app = test::init_service(app(&pool)).await;
    let request = test::TestRequest::get().uri(PROJECTS);
    let response = test::call_service(&app, request.to_request()).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}
