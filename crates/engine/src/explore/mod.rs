//! Looks into logs: searches, counts, pages, follows. What the explorer of the window and `openstack-rca events` share.

mod wire;

pub use wire::{Around, Bucket, Detail, Facet, FacetValue, Found, Histogram, RawLine, Row};
