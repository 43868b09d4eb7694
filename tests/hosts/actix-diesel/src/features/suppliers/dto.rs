use chrono::NaiveDateTime;
use garde::Validate;
use serde::{Deserialize, Serialize};

use super::model::Supplier;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SupplierView {
    pub id: i32,
    pub name: String,
    pub phone: Option<String>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl From<Supplier> for SupplierView {
    fn from(supplier: Supplier) -> Self {
        Self {
            id: supplier.id,
            name: supplier.name,
            phone: supplier.phone,
            created_at: supplier.created_at,
            updated_at: supplier.updated_at,
        }
    }
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct NewSupplier {
    #[garde(length(chars, min = 1, max = 120))]
    pub name: String,
    #[garde(length(chars, max = 40))]
    pub phone: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct SupplierChanges {
    #[garde(length(chars, min = 1, max = 120))]
    pub name: Option<String>,
    #[garde(length(chars, max = 40))]
    pub phone: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
pub struct SupplierFilter {
    #[serde(default)]
    #[garde(range(min = 0))]
    pub skip: i64,
    #[serde(default = "usual_take")]
    #[garde(range(min = 1, max = 50))]
    pub take: i64,
}

fn usual_take() -> i64 {
    10
}
