//! The statements, one module a table.

pub mod accounts;
pub mod labels;
pub mod projects;
