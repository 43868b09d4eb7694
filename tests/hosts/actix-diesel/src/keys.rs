//! Who may call: keys, of which only digests are kept.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};
use sha2::{Digest, Sha256};

use crate::errors::Failure;

#[derive(Clone)]
pub struct Keys(Vec<[u8; 32]>);

impl Keys {
    /// Reads keys that are parted by commas.
    pub fn parse(text: &str) -> Self {
        Self(text.split(',').map(|key| Sha256::digest(key).into()).collect())
    }

    fn knows(&self, key: &str) -> bool {
        self.0.contains(&Sha256::digest(key).into())
    }
}

/// Lets callers with a known key through.
pub async fn required(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let key = request
        .headers()
        .get("X-Api-Key")
        .and_then(|key| key.to_str().ok());
    let keys = request.app_data::<web::Data<Keys>>();
    if !keys.zip(key).is_some_and(|(keys, key)| keys.knows(key)) {
        return Err(Failure::Unauthorized.into());
    }
    next.call(request).await
}
