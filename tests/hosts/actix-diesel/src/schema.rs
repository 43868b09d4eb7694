// @generated automatically by Diesel CLI.

diesel::table! {
    suppliers (id) {
        id -> Integer,
        name -> Text,
        phone -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}
