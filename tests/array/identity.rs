//! Who the array is, and `array test`.

use super::*;
use sanctl::array::http::{Trust, probe_certificate};

#[test]
pub(crate) fn identity_of_both_generations() {
    for (seed, api, version) in [
        (Seed::v3(), "v3", "V300R006C50"),
        (Seed::v6(), "v6", "V600R005C03"),
    ] {
        let lab = Lab::new(&seed);
        let identity = lab.array.identity(&bounds()).unwrap();
        assert_eq!(identity.serial, lab.practice.serial());
        assert_eq!(identity.api.as_deref(), Some(api));
        assert_eq!(identity.version.as_deref(), Some(version));
        assert_eq!(
            (identity.name.as_str(), identity.kind.as_str()),
            ("dorado1", "oceanstor")
        );
        assert_eq!(identity.health.as_deref(), Some("normal/normal"));
        lab.done();
    }
}

#[test]
pub(crate) fn a_test_reports_account_ports_and_what_should_not_stay_so() {
    let lab = Lab::new(&Seed::v6());
    let report = lab.array.test(&bounds()).unwrap();
    assert!(report.certificate.is_none());
    assert!(report.url.starts_with(&lab.server.url()));
    assert_eq!(report.details["iscsi ports"], "2 of 2 usable");
    assert_eq!(report.details["fc ports"], "2 of 2 usable");
    assert_eq!(report.details["account"], "normal");
    assert_eq!(report.details["user"], Seed::USER);
    assert_eq!(report.warnings, [""; 0]);
    // Nothing was told before the first knock was answered.
    let first = &lab.server.requests()[0];
    assert_eq!((first.method.as_str(), first.body.as_str()), ("GET", ""));
    lab.done();
}

#[test]
pub(crate) fn a_test_over_tls_shows_the_certificate() {
    let practice = Arc::new(Practice::in_memory(&Seed::v6()));
    let server = serve(&practice);
    let certificate = tls::Certificate::self_signed(&own());
    let front = tls::Front::start(&certificate, server.addr());
    let mut settings = settings(&[&front.url]);
    settings.trust = Trust::Pin(certificate.fingerprint().parse().unwrap());
    let array = OceanStor::new(settings.clone(), Trace::default());
    let seen = array.test(&bounds()).unwrap().certificate.unwrap();
    assert!(seen.trusted);
    assert_eq!(seen.fingerprint, certificate.fingerprint());
    settings.trust = Trust::Nothing;
    let open = OceanStor::new(settings, Trace::default());
    let report = open.test(&bounds()).unwrap();
    assert!(!report.certificate.unwrap().trusted);
    assert!(report.warnings.iter().any(|w| w.contains("verify")));
    drop((array, open));
    assert_eq!(practice.open_sessions(), 0);
}

#[test]
pub(crate) fn a_url_that_is_not_configured_shows_its_certificate() {
    let practice = Arc::new(Practice::in_memory(&Seed::v6()));
    let server = serve(&practice);
    let certificate = tls::Certificate::self_signed(&own());
    let front = tls::Front::start(&certificate, server.addr());
    let look = |url: &str| probe_certificate(&parse_url(url).unwrap(), Duration::from_secs(20));
    let seen = look(&front.url).unwrap().unwrap();
    assert_eq!(seen.fingerprint, certificate.fingerprint());
    assert!(!seen.trusted);
    assert!(seen.why_not.unwrap().contains("self-signed"));
    assert!(look(&server.url()).unwrap().is_none());
    assert!(
        look(&crate::reach::refused())
            .unwrap_err()
            .contains("refused")
    );
}
