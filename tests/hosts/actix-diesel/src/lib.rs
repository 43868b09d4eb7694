//! What is on the shelves and who delivers it.

pub mod app;
pub mod db;
pub mod errors;
pub mod features;
pub mod keys;
pub mod schema;
