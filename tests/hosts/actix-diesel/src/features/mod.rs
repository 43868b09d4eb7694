//! One folder a feature.

pub mod suppliers;
