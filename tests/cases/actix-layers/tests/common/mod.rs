use actix_web::{
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::header,
    web, App, Error,
};
use sqlx::PgPool;
use tracker::{auth::Keys, routes, store};

const SECRET: &str = "only-for-tests-only-for-tests-only-for-tests";

/// The application on a test's database.
pub fn app(
    pool: &PgPool,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(web::Data::new(pool.clone()))
        .app_data(web::Data::new(Keys::new(SECRET)))
        .configure(routes::configure)
}

/// Makes an account and returns its id.
pub async fn account(pool: &PgPool, email: &str) -> i64 {
    store::accounts::insert(pool, email, "Somebody", "")
        .await
        .unwrap()
}

/// The header that says that an account calls.
pub fn token(account_id: i64) -> (header::HeaderName, String) {
    let token = Keys::new(SECRET).sign(account_id).unwrap();
    (header::AUTHORIZATION, format!("Bearer {token}"))
}
