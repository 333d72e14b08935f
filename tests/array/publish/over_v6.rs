//! The array's half again: the array is managed at an IPv6 address, and its ports have IPv6
//! addresses (oceanstor.md §7 Ports). The sweeps over every request run once only.

use crate::family::over_v6;
use crate::{adopted, back, budget, chap, conflicts, halves, lost, numbers, peers, ports, words};

macro_rules! again {
    ($($file:ident: $($test:ident)+;)+) => {$($(
        #[test]
        fn $test() {
            over_v6($file::$test);
        }
    )+)+};
}

again! {
    adopted:
        an_attachment_made_by_cinder_is_left_unless_the_user_asks_for_it
        a_port_group_in_cinders_view_stays;
    back:
        a_whole_attach_is_taken_back_the_newest_first
        whatever_is_gone_already;
    budget:
        a_v3_array
        a_v6_array
        a_port_group;
    chap:
        a_new_initiator_gets_the_account_and_takes_it_along
        a_free_initiator_is_free_and_without_chap_again;
    conflicts:
        ports_that_cannot_be_used
        the_configured_ports_in_their_order
        a_group_that_vanishes_sends_attach_back_to_its_survey;
    halves:
        only_what_is_missing_is_made
        attach_1_attach_2_detach_1_detach_2_leaves_nothing;
    lost:
        the_session_ends_at_every_request;
    numbers:
        the_number_is_given_and_read_back;
    peers:
        an_array_that_speaks_no_json
        the_sequence_of_the_seed;
    ports:
        a_target_that_is_not_listed_is_named_after_its_port
        without_a_table_of_targets_and_without_addresses_the_error_says_what_to_set
        logical_ports_of_a_port_group;
    words:
        the_plan_of_a_cold_attach
        the_status_of_an_attachment;
}
