//! The codes an ONTAP answers with, over both interfaces: what each means and what to do about it
//! (ontap.md §7).

mod table;

pub use table::CODES;

/// Which of the two interfaces answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Api {
    /// REST, from 9.6.
    Rest,
    /// ONTAPI, the older XML interface.
    Zapi,
}

impl Api {
    /// The word of the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Zapi => "zapi",
        }
    }
}

/// An object that a code says is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// The map of a LUN.
    Map,
    /// The LUN, or what its path leads through.
    Lun,
    /// The igroup.
    Igroup,
    /// A node of the cluster.
    Node,
    /// The SVM.
    Svm,
    /// The code does not say what.
    Entry,
}

/// How the client treats a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It is so already.
    Already,
    /// It is not so, and was not to be.
    NotSo,
    /// The initiator sees the LUN through another igroup.
    Elsewhere,
    /// The lun number is taken.
    Taken,
    /// Something is not there.
    Missing(Noun),
    /// There are maps left, so it stays.
    StillMapped,
    /// It would make the array contradict itself.
    Conflict,
    /// What was sent cannot be right.
    Input,
    /// Busy, nothing was applied: ask again after a pause.
    Busy,
    /// It may have been applied: look.
    Unsure,
    /// The credentials were refused.
    Login,
    /// The role of the account lacks the command.
    Permission,
    /// The array has no such call, or not for this account's scope.
    UnknownCall,
    /// The release or the licence lacks it.
    Unsupported,
    /// The SVM, the volume or the aggregate is not in service.
    Stopped,
    /// The SVM is not told.
    NoScope,
    /// There is no CHAP entry of its own; the default applies.
    NoCredential,
    /// Anything else.
    Refused,
}

impl Class {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Already => "already so",
            Self::NotSo => "not so anyway",
            Self::Elsewhere => "mapped through another igroup",
            Self::Taken => "taken",
            Self::Missing(_) => "missing",
            Self::StillMapped => "in use",
            Self::Conflict => "conflict",
            Self::Input => "bad input",
            Self::Busy => "busy, ask again",
            Self::Unsure => "may have been applied",
            Self::Login => "login refused",
            Self::Permission => "not permitted",
            Self::UnknownCall => "unknown call",
            Self::Unsupported => "not supported",
            Self::Stopped => "out of service",
            Self::NoScope => "no SVM told",
            Self::NoCredential => "no entry",
            Self::Refused => "refused",
        }
    }
}

/// One row of the table: the same thing as both interfaces number it.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// The numbers over ZAPI (`errno`).
    pub zapi: &'static [i64],
    /// The numbers over REST that the rule for LUN errors does not give.
    pub rest: &'static [i64],
    /// What it means.
    pub meaning: &'static str,
    /// What the client does.
    pub class: Class,
}

/// Module 19 of the REST numbers: REST = this + ZAPI 9xxx (ontap.md §7, the derived rule).
const LUN_ERRORS: i64 = 19 << 16;

/// The ZAPI number behind a REST number of a LUN error.
pub fn zapi_of_rest(number: i64) -> Option<i64> {
    let errno = number - LUN_ERRORS;
    (9000..=9316).contains(&errno).then_some(errno)
}

/// What is known about a number of one interface.
pub fn find_code(api: Api, number: i64) -> Option<&'static Code> {
    match api {
        Api::Zapi => CODES.iter().find(|code| code.zapi.contains(&number)),
        Api::Rest => {
            let direct = CODES.iter().find(|code| code.rest.contains(&number));
            direct.or_else(|| find_code(Api::Zapi, zapi_of_rest(number)?))
        }
    }
}

/// What the vendor calls an error by its number, whichever interface said it.
pub fn class_of(api: Api, number: i64) -> Class {
    find_code(api, number).map_or(Class::Refused, |code| code.class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_stands_twice_and_each_has_a_meaning() {
        let mut zapi: Vec<i64> = Vec::new();
        let mut rest: Vec<i64> = Vec::new();
        for code in CODES {
            assert!(!code.meaning.is_empty() && !code.class.word().is_empty());
            assert!(!code.zapi.is_empty() || !code.rest.is_empty());
            zapi.extend(code.zapi);
            rest.extend(code.rest);
        }
        for mut numbers in [zapi, rest] {
            let count = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), count);
        }
    }

    #[test]
    fn rest_numbers_follow_the_rule() {
        for (zapi, rest) in [
            (9023, 1_254_207),
            (9017, 1_254_201),
            (9029, 1_254_213),
            (9009, 1_254_193),
            (9012, 1_254_196),
            (9042, 1_254_226),
            (9080, 1_254_264),
            (9140, 1_254_324),
        ] {
            assert_eq!(zapi_of_rest(rest), Some(zapi));
            assert_eq!(class_of(Api::Rest, rest), class_of(Api::Zapi, zapi));
        }
        assert_eq!(zapi_of_rest(5_374_922), None);
        assert_eq!(zapi_of_rest(1_254_183), None);
    }

    #[test]
    fn numbers_have_their_classes() {
        for (api, number, class) in [
            (Api::Zapi, 9023, Class::Already),
            (Api::Rest, 1_254_208, Class::Taken),
            (Api::Zapi, 9039, Class::Elsewhere),
            (Api::Rest, 5_374_922, Class::NotSo),
            (Api::Zapi, 9016, Class::NotSo),
            (Api::Rest, 5_374_875, Class::Missing(Noun::Lun)),
            (Api::Zapi, 9017, Class::Missing(Noun::Lun)),
            (Api::Rest, 5_374_878, Class::Missing(Noun::Igroup)),
            (Api::Rest, 1_254_213, Class::StillMapped),
            (Api::Zapi, 9132, Class::Busy),
            (Api::Zapi, 13_011, Class::Unsure),
            (Api::Zapi, 13_003, Class::Permission),
            (Api::Rest, 6, Class::Permission),
            (Api::Zapi, 13_005, Class::UnknownCall),
            (Api::Rest, 3, Class::UnknownCall),
            (Api::Zapi, 15_698, Class::Missing(Noun::Svm)),
            (Api::Rest, 2_621_462, Class::Missing(Noun::Svm)),
            (Api::Zapi, 13_112, Class::NoCredential),
            (Api::Rest, 4, Class::Missing(Noun::Entry)),
            // Numbers of one interface mean nothing in the other.
            (Api::Zapi, 6, Class::Refused),
            (Api::Rest, 9023, Class::Refused),
            (Api::Rest, 42, Class::Refused),
        ] {
            assert_eq!(class_of(api, number), class, "{api:?} {number}");
        }
    }

    /// Every row of the fact sheet's table (ontap.md §7), in its order.
    #[test]
    fn every_row_of_the_sheet() {
        use Class::{
            Already, Busy, Conflict, Elsewhere, Input, Login, Missing, NoCredential, NoScope,
            NotSo, Permission, Refused, StillMapped, Stopped, Taken, UnknownCall, Unsupported,
            Unsure,
        };
        use Noun::{Entry, Igroup, Lun, Node, Svm};
        /// ZAPI, REST, class.
        type Row = (&'static [i64], &'static [i64], Class);
        let rows: &[Row] = &[
            (&[9023], &[1_254_207], Already),
            (&[9024], &[1_254_208], Taken),
            (&[9039], &[1_254_223], Elsewhere),
            (&[9009, 9140], &[1_254_193, 1_254_324], Conflict),
            (&[9016], &[5_374_922, 1_254_200], NotSo),
            (&[9017], &[1_254_201, 5_374_875, 5_374_876], Missing(Lun)),
            (
                &[9020, 9036],
                &[1_254_204, 1_254_220, 917_927, 918_235],
                Missing(Lun),
            ),
            // A name that is none is never "gone".
            (&[], &[5_374_127, 5_376_461, 5_376_462], Input),
            (&[9003], &[5_374_852, 5_374_878], Missing(Igroup)),
            (&[9004, 13_130], &[5_374_023], Already),
            (&[], &[5_376_488], Conflict),
            (&[9008], &[5_374_035], Already),
            (&[9007], &[5_374_034, 5_374_041], NotSo),
            (&[9029], &[1_254_213], StillMapped),
            (
                &[9005, 9006, 9010],
                &[
                    5_374_038, 5_373_982, 5_373_983, 5_374_039, 5_373_969, 5_373_970, 5_373_971,
                    5_373_972, 5_373_973, 5_373_974, 5_373_975, 5_373_976, 5_373_977, 5_373_978,
                    5_373_992, 5_373_993,
                ],
                Input,
            ),
            (&[9051, 9032], &[5_374_732, 5_374_733, 5_374_734], Conflict),
            (&[9014, 9015, 9012, 9042], &[1_254_196, 1_254_226], Already),
            (&[9013], &[], StillMapped),
            (&[9041], &[5_374_124], Input),
            (&[9158, 9080], &[1_254_264], Refused),
            (
                &[9062, 9132, 9134, 9157, 9161],
                &[5_374_316, 5_374_053],
                Busy,
            ),
            (&[9128, 9122, 9123, 9124, 9125, 9126, 9127], &[], Conflict),
            (&[13_001], &[], Refused),
            (&[13_002], &[6_691_623], Login),
            (&[13_003], &[6], Permission),
            (&[13_005], &[3], UnknownCall),
            (&[13_006], &[262_245], Input),
            (&[13_010, 13_007, 13_008], &[1_115_127], Unsupported),
            (&[13_011, 13_055, 13_056, 13_057, 60, 35, 16], &[], Unsure),
            (&[13_040], &[], Missing(Lun)),
            (&[13_042, 13_043], &[5_374_866, 5_374_865], Stopped),
            (&[13_158], &[524_486], Busy),
            (
                &[13_109, 13_110],
                &[5_374_145, 5_374_147, 5_374_149, 5_374_150, 5_374_900],
                Input,
            ),
            (&[13_112], &[5_374_895], NoCredential),
            (&[], &[5_374_142], Already),
            (&[], &[5_374_148], Conflict),
            // Once more for a read; a change is looked at.
            (&[13_114, 13_111], &[], Unsure),
            (&[13_115], &[262_179, 262_197], Input),
            (&[14_719, 14_924], &[5_374_893], Stopped),
            (&[15_661], &[4], Missing(Entry)),
            (&[15_697], &[5_374_920, 5_374_921], Missing(Node)),
            (&[15_698], &[2_621_462], Missing(Svm)),
            (&[], &[2_621_706], Refused),
            (&[], &[2_621_707], NoScope),
            (
                &[],
                &[
                    5_374_573, 5_374_574, 5_374_581, 5_374_582, 5_374_583, 5_374_584, 5_374_608,
                ],
                Conflict,
            ),
            (&[], &[5_374_901, 5_374_902, 5_374_033, 5_374_923], Refused),
            (&[], &[5_374_078, 5_374_083], Stopped),
            (&[], &[1], Already),
            (&[], &[655_446], Input),
        ];
        let mut known = 0;
        for (zapi, rest, class) in rows {
            for (api, numbers) in [(Api::Zapi, zapi), (Api::Rest, rest)] {
                for number in *numbers {
                    assert!(find_code(api, *number).is_some(), "{api:?} {number}");
                    assert_eq!(class_of(api, *number), *class, "{api:?} {number}");
                    known += 1;
                }
            }
        }
        // Nothing is in the table that the sheet does not have.
        let listed: usize = CODES.iter().map(|c| c.zapi.len() + c.rest.len()).sum();
        let by_rule = rows
            .iter()
            .flat_map(|(_, rest, _)| rest.iter())
            .filter(|number| zapi_of_rest(**number).is_some())
            .count();
        assert_eq!(listed, known - by_rule);
    }
}
