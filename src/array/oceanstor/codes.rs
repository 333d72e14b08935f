//! The codes an OceanStor answers with: what each means and what to do about it
//! (oceanstor.md §4).

/// How the client treats a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Done.
    Success,
    /// The object exists already: look it up.
    Exists,
    /// The association exists already.
    Already,
    /// The object does not exist.
    Missing,
    /// The association does not exist.
    NotMember,
    /// The session is gone and nothing was applied: log in again and ask again.
    Session,
    /// The session may be gone; the code has other meanings too.
    Ambiguous,
    /// Busy, nothing was applied: ask again after a pause.
    Busy,
    /// No final answer: it may have been applied.
    Unsure,
    /// The credentials were refused or the account cannot be used. Never asked again.
    Login,
    /// Too many sessions are open.
    Sessions,
    /// The account may not do this.
    Permission,
    /// Anything else.
    Refused,
}

impl Class {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Exists => "exists already",
            Self::Already => "already so",
            Self::Missing => "missing",
            Self::NotMember => "not a member",
            Self::Session => "log in again",
            Self::Ambiguous => "ambiguous",
            Self::Busy => "busy, ask again",
            Self::Unsure => "may have been applied",
            Self::Login => "login refused",
            Self::Sessions => "too many sessions",
            Self::Permission => "not permitted",
            Self::Refused => "refused",
        }
    }
}

/// One code of the table.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// The number, signed 64 bit on the wire.
    pub number: i64,
    /// What it means.
    pub meaning: &'static str,
    /// What the client does.
    pub class: Class,
}

/// A parameter is wrong; some resources say it to a `range`, `fc_initiator/<wwn>` to an unknown
/// WWN.
pub const BAD_PARAMETER: i64 = 50_331_651;

/// The LUN is mapped to the same host through another group (oceanstor.md §11.9).
pub const MAPPED_THROUGH_ANOTHER_GROUP: i64 = 1_077_936_864;

const fn code(number: i64, class: Class, meaning: &'static str) -> Code {
    Code {
        number,
        meaning,
        class,
    }
}

/// The whole table, in the order of the fact sheet.
pub const CODES: &[Code] = &[
    code(0, Class::Success, "success"),
    code(-401, Class::Session, "the token is missing or has expired"),
    code(
        4_294_967_297,
        Class::Session,
        "device communication failure",
    ),
    code(
        1_077_949_069,
        Class::Session,
        "the user is offline: the session is gone",
    ),
    code(1_077_949_061, Class::Login, "wrong user or password"),
    code(1_077_987_870, Class::Login, "wrong user or password"),
    code(
        1_077_949_081,
        Class::Login,
        "wrong password, or an LDAP and a local user have the same name",
    ),
    code(1_077_949_070, Class::Login, "the account is locked"),
    code(1_077_987_871, Class::Login, "the account is locked"),
    code(
        1_073_793_581,
        Class::Login,
        "the account is locked because it was idle",
    ),
    code(
        1_077_949_071,
        Class::Login,
        "this client's address is locked",
    ),
    code(
        1_077_949_067,
        Class::Sessions,
        "too many sessions are open on the array",
    ),
    code(
        1_073_793_593,
        Class::Login,
        "the account may not log in this way",
    ),
    code(
        1_677_929_218,
        Class::Login,
        "the account may not log in through REST",
    ),
    code(1_077_951_226, Class::Login, "there is no such vStore"),
    code(
        1_077_949_058,
        Class::Permission,
        "the user has no permission",
    ),
    code(1_077_949_057, Class::Login, "the user does not exist"),
    code(BAD_PARAMETER, Class::Refused, "a parameter is not correct"),
    code(
        1_077_949_002,
        Class::Refused,
        "the operation is not supported",
    ),
    code(
        1_077_949_103,
        Class::Refused,
        "the name is not 1 to 31 characters long",
    ),
    code(
        1_077_949_106,
        Class::Refused,
        "the name has illegal characters",
    ),
    code(
        1_077_949_001,
        Class::Unsure,
        "message timeout: the operation may have completed",
    ),
    code(1_077_949_006, Class::Busy, "the system is busy"),
    code(1_073_793_588, Class::Busy, "the system is busy"),
    code(16_797_698, Class::Unsure, "busy: query the result later"),
    code(
        1_077_948_993,
        Class::Exists,
        "an object of that name exists already",
    ),
    code(
        1_077_948_997,
        Class::Exists,
        "the id is taken: the initiator exists already, or the LUN is in the LUN group",
    ),
    code(1_077_948_996, Class::Missing, "the object does not exist"),
    code(1_077_937_498, Class::Missing, "the host does not exist"),
    code(
        1_077_937_500,
        Class::Missing,
        "the host group does not exist",
    ),
    code(
        1_077_937_501,
        Class::Already,
        "the host is in the host group already",
    ),
    code(
        1_073_745_412,
        Class::NotMember,
        "the host is not in the host group",
    ),
    code(1_077_936_859, Class::Missing, "the LUN does not exist"),
    code(
        1_077_936_861,
        Class::Missing,
        "the LUN group does not exist",
    ),
    code(
        1_077_936_862,
        Class::Already,
        "the LUN is in the LUN group already",
    ),
    code(
        MAPPED_THROUGH_ANOTHER_GROUP,
        Class::Refused,
        "the LUN is mapped to the same host through another group",
    ),
    code(1_077_937_880, Class::Missing, "the snapshot does not exist"),
    code(
        1_077_937_891,
        Class::Refused,
        "the snapshot is not activated",
    ),
    code(
        1_077_951_819,
        Class::Missing,
        "the mapping view does not exist",
    ),
    code(
        1_073_804_552,
        Class::NotMember,
        "the host group is not in the mapping view",
    ),
    code(
        1_073_804_554,
        Class::NotMember,
        "the LUN group is not in the mapping view",
    ),
    code(
        1_073_804_553,
        Class::NotMember,
        "the port group is not in the mapping view",
    ),
    code(
        1_073_804_556,
        Class::Already,
        "the host group is in the mapping view already",
    ),
    code(
        1_073_804_560,
        Class::Already,
        "the LUN group is in the mapping view already",
    ),
    code(
        1_073_804_558,
        Class::Already,
        "the port group is in the mapping view already",
    ),
    code(
        1_077_951_832,
        Class::Missing,
        "the port group does not exist",
    ),
    code(
        1_077_951_833,
        Class::Already,
        "the port is in the port group already",
    ),
    code(
        1_073_807_618,
        Class::NotMember,
        "the port is not in the port group",
    ),
    code(
        1_077_950_342,
        Class::NotMember,
        "the initiator is not in the host",
    ),
    code(
        1_073_804_587,
        Class::Missing,
        "the mapping of host and LUN does not exist",
    ),
    code(
        1_073_804_588,
        Class::Exists,
        "the mapping of host and LUN exists already",
    ),
    code(
        1_073_804_589,
        Class::Missing,
        "the mapping of LUN group and host does not exist",
    ),
    code(
        1_073_804_590,
        Class::Exists,
        "the mapping of LUN group and host exists already",
    ),
    code(
        1_073_804_648,
        Class::Missing,
        "the NVMe namespace does not exist",
    ),
    code(
        1_077_674_242,
        Class::Missing,
        "the HyperMetro pair does not exist",
    ),
    code(
        1_077_674_256,
        Class::Exists,
        "the HyperMetro pair exists already",
    ),
    code(1_077_950_183, Class::Missing, "the LUN copy does not exist"),
    code(50_338_560, Class::Missing, "the LUN copy does not exist"),
    code(
        1_077_950_233,
        Class::Refused,
        "there is no licence for split mirrors",
    ),
    code(
        1_073_806_606,
        Class::Refused,
        "there is no licence for LUN migration",
    ),
    code(
        1_077_939_726,
        Class::Ambiguous,
        "the session is invalid, or the share or file system does not exist",
    ),
];

/// What is known about a code.
pub fn find_code(number: i64) -> Option<&'static Code> {
    CODES.iter().find(|c| c.number == number)
}

/// How the client treats a code; one that nobody knows is a refusal.
pub fn class_of(number: i64) -> Class {
    find_code(number).map_or(Class::Refused, |c| c.class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_stands_twice_and_each_has_a_meaning() {
        for (i, one) in CODES.iter().enumerate() {
            assert!(!one.meaning.is_empty() && !one.class.word().is_empty());
            let again = CODES[i + 1..].iter().any(|c| c.number == one.number);
            assert!(!again, "{}", one.number);
        }
        assert_eq!(CODES.len(), 61);
    }

    #[test]
    fn codes_have_their_classes_and_unknown_ones_are_refusals() {
        for (number, class) in [
            (0, Class::Success),
            (-401, Class::Session),
            (4_294_967_297, Class::Session),
            (1_077_939_726, Class::Ambiguous),
            (1_077_949_006, Class::Busy),
            (16_797_698, Class::Unsure),
            (1_077_948_993, Class::Exists),
            (1_073_804_588, Class::Exists),
            (1_073_804_560, Class::Already),
            (1_077_951_819, Class::Missing),
            (1_073_804_587, Class::Missing),
            (1_077_950_342, Class::NotMember),
            (1_077_949_070, Class::Login),
            (1_077_949_067, Class::Sessions),
            (1_077_949_058, Class::Permission),
            (MAPPED_THROUGH_ANOTHER_GROUP, Class::Refused),
            (42, Class::Refused),
        ] {
            assert_eq!(class_of(number), class, "{number}");
        }
        assert!(find_code(42).is_none());
    }
}
