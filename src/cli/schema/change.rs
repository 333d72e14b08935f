//! Documents of the verbs that change one thing: an object of an array, or this node.

use serde_json::Value;

use super::array::member;
use super::build::{flag, integer, list, object, object_with, or_null, text};

fn cut() -> Value {
    object(vec![
        ("host", member(), ""),
        ("initiators", list(text()), ""),
        ("online", flag(), "whether one of them is logged in now"),
        ("lun", member(), ""),
        ("wwid", or_null(text()), ""),
        ("lun_number", or_null(integer()), ""),
    ])
}

fn gain() -> Value {
    object(vec![
        ("host", member(), ""),
        ("lun", member(), ""),
        ("wwid", or_null(text()), ""),
    ])
}

pub(super) fn change() -> Value {
    object_with(
        vec![
            ("what", text(), "the kind of object"),
            ("id", or_null(text()), ""),
            ("name", or_null(text()), ""),
            ("title", text(), "the change in words"),
            ("changed", flag(), "false: it was so already"),
            ("cuts", list(cut()), "what hosts no longer see"),
            ("inverse", list(text()), "the commands that take it back"),
            ("practice", flag(), "true: nothing real was touched"),
        ],
        vec![
            ("gains", list(gain()), "array: what hosts see now"),
            ("notes", list(text()), "array: what else there is to know"),
            ("evidence", text(), "node: what there is now"),
            (
                "trouble",
                or_null(text()),
                "node: what did not go as it should; exit 3",
            ),
        ],
    )
}

pub(super) fn change_plan() -> Value {
    object_with(
        vec![
            ("title", text(), "the change in words"),
            ("object", member(), ""),
            ("cuts", list(cut()), "what hosts would no longer see"),
            ("wire", list(text()), "the same as lines to type"),
            ("inverse", list(text()), "the commands that take it back"),
            ("practice", flag(), "true: nothing real would be touched"),
        ],
        vec![
            ("gains", list(gain()), "array: what hosts would see"),
            ("notes", list(text()), "array: what else there is to know"),
            ("shown", list(text()), "node: what it is about"),
        ],
    )
}
