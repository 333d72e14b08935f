//! The node's half again, with portals on IPv6 addresses.
//!
//! The kernel and the records spell an address without brackets, iscsiadm's `-p` and this program
//! with them (linux-host.md §3.1, §3.2, §5.3).

use crate::family::over_v6;
use crate::rig::{A, IQN, Rig};
use crate::{attach, by_hand, chap, detach, persist, status};

macro_rules! again {
    ($($file:ident: $($test:ident)+;)+) => {$($(
        #[test]
        fn $test() {
            over_v6($file::$test);
        }
    )+)+};
}

again! {
    attach:
        from_nothing_to_a_proven_device
        three_commands_and_one_scan_for_each_portal
        again_changes_nothing_but_asks_the_devices_again
        a_dead_portal_is_named_and_nothing_is_made_for_it
        too_few_portals_change_nothing
        a_stale_device_of_another_lun_is_refused_until_it_is_removed
        another_disk_at_the_number_is_never_handed_over
        another_disk_that_was_there_before_is_left_alone
        without_a_wwid_only_what_this_run_brings_in_is_taken
        without_a_wwid_paths_that_disagree_are_refused
        a_record_of_somebody_else_keeps_what_it_says
        login_15_is_success_when_the_session_is_there
        login_failures_are_told_apart
        without_iscsid_the_hint_starts_it
        a_lun_that_is_not_mapped_is_told
        a_session_under_another_name_is_told_when_its_target_shows_nothing
        a_portal_is_waited_for_no_longer_than_the_time_that_is_left
        a_stop_leaves_nothing_behind
        a_fresh_disk_that_somebody_grabs_does_not_stop_the_hand_over
        nothing_is_begun_before_every_stage_has_said_that_it_can;
    by_hand:
        every_change_with_every_fault
        a_look_changes_nothing_and_twice_is_once
        inverses_lead_back
        a_login_brings_in_no_lun_whatever_the_record_says
        logins_that_cannot_be
        a_logout_ends_one_session_and_never_one_with_a_device
        a_held_disk_is_neither_removed_nor_stopped
        another_lun_behind_the_number_shows_at_a_rescan
        a_lun_that_is_not_shown_is_not_brought_in;
    chap:
        the_right_secret_logs_in_and_is_told_nowhere
        a_wrong_secret_is_denied_with_what_to_check_and_taken_back
        a_record_of_somebody_else_gets_the_account_and_loses_it_again
        an_account_of_an_administrator_is_kept
        a_secret_that_no_record_can_keep_changes_nothing;
    detach:
        the_way_back_leaves_nothing
        again_is_no_change
        a_lun_in_use_is_refused_before_any_change
        multipathd_watching_a_path_is_no_use
        a_session_that_another_lun_needs_stays
        sessions_and_records_of_others_stay
        a_device_on_a_session_that_nobody_wrote_down_goes_too
        a_dead_portal_does_not_keep_its_device
        logout_21_is_done_only_when_the_session_is_gone
        a_logout_that_is_refused_and_happens_all_the_same
        a_lun_of_which_only_the_place_is_known
        the_order_attach_1_2_detach_1_2_and_the_numbers_the_kernel_knows
        killed_anywhere_the_next_run_goes_on
        data_that_cannot_be_flushed_is_given_up_only_when_asked
        a_device_is_named_by_itself_or_by_a_link_to_it;
    persist:
        after_a_boot_the_sessions_are_there_and_the_next_attach_finds_the_lun
        without_it_nothing_comes_back
        asked_for_later_it_is_set_and_our_records_still_go
        a_record_of_somebody_else_says_again_what_it_said
        another_lun_on_the_session_keeps_it;
    status:
        a_whole_attachment_and_none
        what_is_broken_says_so
        a_lun_that_was_unmapped_behind_our_back_is_told
        a_dead_portal_is_named
        a_session_that_lost_its_portal_says_why
        what_others_made_is_seen_too;
}

/// iscsiadm compares texts: a record that was made with another spelling of the address is found
/// by that spelling only.
#[test]
fn a_record_with_another_spelling_of_the_address() {
    over_v6(|| {
        let rig = Rig::new();
        let spelled = "[FD00:0::1]:3260";
        let made = format!("iscsiadm -m node -T {IQN} -p {spelled},1 -I default -o new");
        assert_eq!(rig.run(&made), 0);
        let usual = format!("iscsiadm -m node -T {IQN} -p {A} -o show");
        assert_eq!(rig.run(&usual), 21);
        let before = rig.snapshot();
        rig.machine.clear_calls();
        let report = rig.attach().expect();
        assert_eq!(report.paths.len(), 2);
        let said = rig.step(&report, &format!("node.record@{A}"));
        assert!(said.starts_with("default"), "{said}");
        // The record is there, so that none is made beside it.
        let changes = rig.changes();
        let about_a = |c: &&String| c.contains(A.text()) || c.contains(spelled);
        let about_a: Vec<&String> = changes.iter().filter(about_a).collect();
        assert!(!about_a.is_empty());
        assert!(about_a.iter().all(|c| c.contains(spelled)), "{about_a:#?}");
        rig.detach().expect();
        assert_eq!(rig.snapshot(), before, "somebody else's record stays");
    });
}
