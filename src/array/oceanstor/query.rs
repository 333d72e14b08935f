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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_and_colons_of_a_value_escaped() {
        assert_eq!(
            quote("iqn.1994-05.com.redhat:cce2"),
            "iqn.1994-05.com.redhat:cce2"
        );
        assert_eq!(quote("a b/c?d&e%é"), "a%20b%2Fc%3Fd%26e%25%C3%A9");
        assert_eq!(exact("NAME", "node1"), "filter=NAME::node1");
        assert_eq!(
            exact("ID", "iqn.1994-05.com.redhat:abc"),
            "filter=ID::iqn.1994-05.com.redhat%5C:abc"
        );
        assert_eq!(
            associated(256, "1"),
            "ASSOCIATEOBJTYPE=256&ASSOCIATEOBJID=1"
        );
    }
}
