//! Certificates: one connection, nothing sent, nothing tried again.

use std::io::Write as _;

use sanctl::array::http::Trust;
use sanctl::array::{Array as _, Error};
use sanctl::kit::kind::{Failure as _, Kind};

use crate::ontap::rig::{BOTH, ONE, Rig};
use crate::rig::bounds;
use crate::tls::{Certificate, Front, own};

/// A rig whose clients speak TLS to this front and trust so.
fn behind(rig: &mut Rig, front: &Front, trust: &Trust) {
    let (url, trust) = (front.url.clone(), trust.clone());
    rig.settings = Box::new(move |s| {
        s.urls = vec![sanctl::array::ontap::config::parse_url(&url).unwrap()];
        s.trust = trust.clone();
    });
}

fn ca_file(pem: &str) -> (tempfile::NamedTempFile, Trust) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pem.as_bytes()).unwrap();
    let trust = Trust::CaFile(file.path().to_owned());
    (file, trust)
}

#[test]
fn what_is_not_trusted_fails_at_the_first_connection() {
    let plain = Certificate::self_signed_authority(&own());
    let (expired, authority) = Certificate::signed(&own(), true);
    let (elsewhere, of_elsewhere) = Certificate::signed("array.example", false);
    let (_one, expired_trust) = ca_file(&authority);
    let (_two, elsewhere_trust) = ca_file(&of_elsewhere);
    let another = Certificate::self_signed(&own()).fingerprint();
    let pin = |text: &str| Trust::Pin(text.parse().unwrap());
    for api in BOTH {
        for (certificate, trust, word) in [
            (&plain, Trust::System, "sha256:"),
            (&plain, pin(&another), "is pinned"),
            (&expired, expired_trust.clone(), "expired"),
            (&elsewhere, elsewhere_trust.clone(), "another name"),
        ] {
            let mut rig = Rig::new(api);
            let front = Front::start(certificate, rig.server.addr());
            behind(&mut rig, &front, &trust);
            let error = rig.open().identity(&bounds()).unwrap_err();
            assert!(
                matches!(error, Error::Certificate { .. }),
                "{api:?}: {error}"
            );
            assert_eq!(error.kind(), Kind::Denied);
            let text = format!("{error} {}", error.hints().join(" "));
            assert!(text.contains(word), "{api:?} {word}: {text}");
            assert!(text.contains(&certificate.fingerprint()), "{text}");
            // No second try: with pauses they were what took half a minute.
            assert_eq!(front.connections(), 1, "{api:?} {word}");
            assert!(rig.between.take_seen().is_empty(), "nothing may be sent");
            let failed = rig.attach(ONE).fails();
            assert_eq!(failed.kind, Kind::Denied, "{failed:?}");
            assert!(rig.between.take_seen().is_empty(), "nothing may be sent");
        }
        let mut rig = Rig::new(api);
        let front = Front::start(&plain, rig.server.addr());
        behind(&mut rig, &front, &pin(&plain.fingerprint()));
        rig.attach(ONE).expect();
        rig.detach(ONE, None).expect();
    }
}
