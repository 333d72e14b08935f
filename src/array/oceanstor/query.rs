//! Paths and queries (oceanstor.md §3).

use std::fmt::Write;

/// Quotes a name for a path or a query: everything but letters, digits and `-._~:` becomes `%XX`.
pub(in crate::array) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            quoted.push(char::from(byte));
        } else {
            let _ = write!(quoted, "%{byte:02X}");
        }
    }
    quoted
}

/// An exact filter on one field: `filter=NAME::x`. A colon within the value is escaped as `\:`.
/// The array may answer more than asked, so equality is to be checked again.
pub(in crate::array) fn exact(field: &str, value: &str) -> String {
    format!(
        "filter={field}::{}",
        quote(&value.replace('\\', "\\\\").replace(':', "\\:"))
    )
}

/// An association query: the objects that belong to object `id` of type `kind`.
pub(in crate::array) fn associated(kind: u32, id: &str) -> String {
    format!("ASSOCIATEOBJTYPE={kind}&ASSOCIATEOBJID={}", quote(id))
}
