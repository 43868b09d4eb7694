//! What is stored, and what travels.

pub mod account;
pub mod label;
pub mod page;
pub mod project;
