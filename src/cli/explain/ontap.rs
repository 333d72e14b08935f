//! What is said about codes of ONTAP, over either of its interfaces.

use super::Explanation;
use crate::array::ontap::codes::{Api, Class, find_code, zapi_of_rest};

/// What a number means: the two interfaces number the same things differently.
pub(super) fn explain(number: i64) -> Vec<Explanation> {
    let of = |api: Api| {
        let code = find_code(api, number)?;
        let kind = match api {
            Api::Rest => "ontap-rest",
            Api::Zapi => "ontap-zapi",
        };
        let mut details = vec![format!("{}: {}", code.class.word(), treatment(code.class))];
        if api == Api::Rest
            && let Some(errno) = zapi_of_rest(number)
        {
            details.push(format!("over ZAPI this is errno {errno}"));
        }
        Some(Explanation {
            details,
            ..Explanation::of(number.to_string(), kind, code.meaning)
        })
    };
    [Api::Zapi, Api::Rest].into_iter().filter_map(of).collect()
}

/// What is done about a code of a class.
const fn treatment(class: Class) -> &'static str {
    match class {
        Class::Already => "that is what was wanted; what is there is looked up and compared",
        Class::NotSo => "after a removal that is what was wanted",
        Class::Elsewhere => "the map through the other igroup is looked up and used",
        Class::Taken => "another number is taken, unless this one was asked for: exit code 7",
        Class::Missing(_) => {
            "after a removal sanctl looks whether it is gone; else exit code 10 or 7"
        }
        Class::StillMapped => "it stays: nothing is ever removed by force",
        Class::Conflict => "nothing was changed; exit code 7",
        Class::Input => "what was sent cannot be right; exit code 2",
        Class::Busy => "nothing was applied; sanctl asks again after a pause",
        Class::Unsure => "sanctl looks whether it was applied before it goes on",
        Class::Login => "never asked again, so that no account gets locked; exit code 6",
        Class::Permission => "the account needs another role; exit code 6",
        Class::UnknownCall => "an older release, or an account of another scope; exit code 8",
        Class::Unsupported => "the release or a licence lacks it; exit code 8",
        Class::Stopped => "it must be brought into service first; exit code 1",
        Class::NoScope => "set svm in the configuration; exit code 2",
        Class::NoCredential => "the default entry of the SVM applies",
        Class::Refused => "an error; the array's own words stand beside it",
    }
}
