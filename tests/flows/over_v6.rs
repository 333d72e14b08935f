//! Whole flows again: the array is managed at an IPv6 address, and its ports have IPv6 addresses.

use crate::family::over_v6;
use crate::{
    adopt, again, chap, discover, ends, goals, halves, looks, options, proofs, served, typed,
};

macro_rules! again {
    ($($file:ident: $($test:ident)+;)+) => {$($(
        #[test]
        fn $test() {
            over_v6($file::$test);
        }
    )+)+};
}

again! {
    adopt:
        adopting_changes_nothing_and_the_link_stays_its_makers
        what_is_not_whole_is_refused_with_its_table;
    again:
        attach_again_changes_nothing_and_says_so
        detach_again_changes_nothing_and_says_so
        a_plan_for_what_is_there_has_nothing_to_do
        a_plan_of_detach_names_what_stays_and_why
        several_at_once_are_as_one_after_the_other;
    chap:
        the_whole_way_and_the_secret_is_seen_nowhere
        the_connection_info_with_the_secret_goes_to_a_private_file_only;
    discover:
        nothing_and_everything_are_no_findings
        what_is_on_one_side_only_comes_with_what_mends_it
        a_path_too_few_and_a_session_without_a_lun
        a_portal_is_asked_and_nothing_is_left_behind
        save_adds_what_is_new_and_leaves_what_is_known;
    ends:
        one_failing_lun_does_not_stop_the_others;
    goals:
        a_step_that_is_none_or_not_one_is_told_with_the_choices
        each_step_alone_in_order_is_an_attach_and_out_of_order_is_refused;
    halves:
        each_half_by_itself_and_the_whole_way_back
        what_emit_prints_the_node_half_takes
        a_bare_connection_info_comes_and_goes_without_the_array;
    looks:
        whole_and_wholly_absent_are_both_well
        a_session_that_is_gone
        a_device_that_is_gone
        a_reboot
        another_lun_at_the_number
        a_dead_portal_shows_its_half_and_keeps_the_other
        no_journal_and_yet_whole;
    options:
        persisted_and_undone
        several_at_once_in_argument_order;
    proofs:
        a_receipt_of_the_node_is_the_proof_for_the_array
        by_identity_when_array_and_journal_are_gone;
    served:
        a_wrong_password_and_a_dead_array_have_their_own_codes
        attach_with_a_fault_at_every_sixth_request;
    typed:
        the_wire_lines_of_a_plan_do_what_the_flow_does
        a_trace_sends_the_same_requests_again;
}
