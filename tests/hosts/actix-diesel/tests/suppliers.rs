//! The suppliers over HTTP.

use actix_web::{App, http::StatusCode, test};
use pantry::{app, db, keys::Keys};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_supplier_is_made_and_shown() {
    let key = ("X-Api-Key", "tests-first-key");
    let pool = db::open(":memory:").unwrap();
    let service =
        test::init_service(App::new().configure(app::with(pool, Keys::parse("tests-first-key")))).await;

    let request = test::TestRequest::post()
        .uri("/v2/suppliers")
        .insert_header(key)
        .set_json(json!({"name": "Mill"}));
    let response = test::call_service(&service, request.to_request()).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let made: Value = test::read_body_json(response).await;

    let path = format!("/v2/suppliers/{}", made["data"]["id"]);
    let request = test::TestRequest::get().uri(&path).insert_header(key);
    let shown: Value = test::call_and_read_body_json(&service, request.to_request()).await;
    assert_eq!(shown, made);
}
