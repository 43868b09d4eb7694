use chrono::Utc;
use diesel::prelude::*;

use super::{
    dto::{NewSupplier, SupplierChanges, SupplierFilter},
    model::Supplier,
};
use crate::schema::suppliers;

pub fn page(connection: &mut SqliteConnection, filter: &SupplierFilter) -> QueryResult<(Vec<Supplier>, i64)> {
    let count = suppliers::table.count().get_result(connection)?;
    let rows = suppliers::table
        .order(suppliers::id.desc())
        .offset(filter.skip)
        .limit(filter.take)
        .select(Supplier::as_select())
        .load(connection)?;
    Ok((rows, count))
}

pub fn find(connection: &mut SqliteConnection, id: i32) -> QueryResult<Option<Supplier>> {
    suppliers::table
        .find(id)
        .select(Supplier::as_select())
        .first(connection)
        .optional()
}

pub fn insert(connection: &mut SqliteConnection, new: &NewSupplier) -> QueryResult<Supplier> {
    let now = Utc::now().naive_utc();
    diesel::insert_into(suppliers::table)
        .values((
            suppliers::name.eq(&new.name),
            suppliers::phone.eq(&new.phone),
            suppliers::created_at.eq(now),
            suppliers::updated_at.eq(now),
        ))
        .returning(Supplier::as_returning())
        .get_result(connection)
}

pub fn change(
    connection: &mut SqliteConnection,
    id: i32,
    changes: &SupplierChanges,
) -> QueryResult<Option<Supplier>> {
    diesel::update(suppliers::table.find(id))
        .set((
            changes.name.as_ref().map(|name| suppliers::name.eq(name)),
            changes.phone.as_ref().map(|phone| suppliers::phone.eq(phone)),
            suppliers::updated_at.eq(Utc::now().naive_utc()),
        ))
        .returning(Supplier::as_returning())
        .get_result(connection)
        .optional()
}

pub fn remove(connection: &mut SqliteConnection, id: i32) -> QueryResult<bool> {
    Ok(diesel::delete(suppliers::table.find(id)).execute(connection)? > 0)
}
