use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::schema::suppliers;

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = suppliers)]
pub struct Supplier {
    pub id: i32,
    pub name: String,
    pub phone: Option<String>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}
