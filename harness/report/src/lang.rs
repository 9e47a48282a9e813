//! The languages live with the reference, whose diagnostics speak them too.

pub use madoguchi_reference::lang::Lang;
