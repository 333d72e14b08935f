//! The client again, with the array at an IPv6 address: in URLs, in certificates, in the ports.

use crate::family::over_v6;
use crate::{catalogs, identity, mappings, reach, sessions};

macro_rules! again {
    ($($file:ident: $($test:ident)+;)+) => {$($(
        #[test]
        fn $test() {
            over_v6($file::$test);
        }
    )+)+};
}

again! {
    catalogs:
        hosts_and_their_initiators
        ports_and_why_they_cannot_be_used;
    identity:
        identity_of_both_generations
        a_test_reports_account_ports_and_what_should_not_stay_so
        a_test_over_tls_shows_the_certificate
        a_url_that_is_not_configured_shows_its_certificate;
    mappings:
        views_with_their_groups
        the_luns_of_a_host_and_the_hosts_of_a_lun;
    reach:
        a_refused_port_says_so
        a_dead_first_url_leads_to_the_second
        a_self_signed_certificate_is_refused_with_its_fingerprint_until_it_is_pinned
        a_certificate_of_a_private_authority
        plain_http_where_tls_is_wanted_and_the_reverse;
    sessions:
        a_wrong_password_is_sent_once_and_never_to_the_other_url
        a_session_of_a_url_that_died_is_logged_out_through_the_other;
}
