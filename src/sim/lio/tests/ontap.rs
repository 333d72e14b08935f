//! One target with a portal group for each portal, as an ONTAP has it: they need not show the same.

use super::*;
use crate::sim::ontap;

/// The portals of one target, of which each has a group of its own, show different LUNs.
#[test]
fn a_portal_that_does_not_show_a_lun_answers_the_login_all_the_same() {
    let kernel = Kernel::new();
    let mut ports = ports();
    ports[1].iqn = A.to_owned();
    let lio = Lio::on(kernel.clone(), SERIAL, &ports).unwrap();
    let mut lun = exposure(NODE, NETAPP, 3);
    lun.portals = Some(vec![ports[0].addr]);
    lun.chap = chap("node", "first secret");
    lio.apply(std::slice::from_ref(&lun)).unwrap();
    let first = format!("iscsi/{A}/tpgt_1/acls/{NODE}");
    let second = format!("iscsi/{A}/tpgt_2/acls/{NODE}");
    assert!(has(&kernel, &format!("{first}/lun_3/")));
    assert!(has(&kernel, &format!("{second}/")));
    assert!(!has(&kernel, &format!("{second}/lun_3/")));
    assert!(has(&kernel, &format!("{second}/auth/userid = node")));
    assert!(!has(&kernel, &format!("iscsi/{A}/tpgt_2/lun/lun_0/")));
    kernel.log_in(&second);
    let at = BTreeSet::from([ports[1].addr]);
    assert_eq!(
        lio.logged_in().unwrap(),
        BTreeMap::from([(NODE.to_owned(), at)])
    );
    // Another node reports it from now on.
    lun.portals = Some(vec![ports[1].addr]);
    lio.apply(&[lun]).unwrap();
    assert!(!has(&kernel, &format!("{first}/lun_3/")));
    assert!(has(&kernel, &format!("{second}/lun_3/")));
}

/// An ONTAP as `sim serve` gives it to the kernel: one target, a portal group for each LIF.
#[test]
fn the_maps_of_an_ontap_are_the_kernels() {
    let kernel = Kernel::new();
    let mut seed = ontap::Seed::gold();
    seed.portals = ["10.0.0.1:3260", "10.0.1.1:3260"]
        .map(|text| text.parse().unwrap())
        .to_vec();
    let array = Arc::new(ontap::Practice::in_memory(&seed));
    array.set_backing_dir(Path::new("/data"));
    let path = "/vol/cinder_a/vol-1";
    array.add_lun(path, 64 << 20);
    array.set_serial(path, "sn/7+Lab$x?2", ontap::Prefix::Cluster);
    array.add_igroup("node", "iscsi", &[NODE]);
    let portals = array.portals();
    let (iqn, tags) = (&portals[0].iqn, [portals[0].tpgt, portals[1].tpgt]);
    let lio = Lio::on(kernel.clone(), &array.mark(), &portals).unwrap();
    let mirrored = Mirrored::new(Arc::clone(&array) as _, lio).unwrap();
    let ask = |method: &str, path: &str, body: &str| {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let login = "Basic YWRtaW46TmV0YXBwMSE=".to_owned();
        mirrored.handle(&Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: vec![
                ("authorization".to_owned(), login),
                ("content-type".to_owned(), "application/json".to_owned()),
            ],
            body: body.as_bytes().to_vec(),
        })
    };
    let body = format!(
        r#"{{"svm":{{"name":"svm_gold"}},"lun":{{"name":"{path}"}},"igroup":{{"name":"node"}}}}"#
    );
    let made = ask("POST", "/api/protocols/san/lun-maps", &body);
    assert_eq!(made.status, 201, "{:?}", String::from_utf8(made.body));
    let acl = |tag: u16| format!("iscsi/{iqn}/tpgt_{tag}/acls/{NODE}");
    for tag in tags {
        assert!(has(&kernel, &format!("{}/lun_0/", acl(tag))));
    }
    let store = format!("{HBA}/sanctl-{}-{NETAPP}", array.mark());
    assert!(has(&kernel, &format!("{store}/wwn/company_id = 0x00a098")));
    // The LUN's own node and its partner report it; the partner is taken out behind the array's
    // back, and the next change that the array makes carries that along.
    array.set_reporting(path, "node", &["ams-01a"]);
    let body = format!(
        r#"{{"svm":{{"name":"svm_gold"}},"initiator":"{NODE}","authentication_type":"chap",
            "chap":{{"inbound":{{"user":"node","password":"first secret"}}}}}}"#
    );
    let made = ask("POST", "/api/protocols/san/iscsi/credentials", &body);
    assert_eq!(made.status, 201, "{:?}", String::from_utf8(made.body));
    let [first, second] = tags.map(acl);
    assert!(has(&kernel, &format!("{first}/lun_0/")));
    assert!(has(&kernel, &format!("{second}/")) && !has(&kernel, &format!("{second}/lun_0/")));
    assert!(has(&kernel, &format!("{first}/auth/userid = node")));
    kernel.log_in(&second);
    let seen = ask("GET", "/api/protocols/san/iscsi/sessions?fields=*", "");
    let seen = String::from_utf8(seen.body).unwrap();
    assert!(
        seen.contains("iscsi_2") && !seen.contains("iscsi_1"),
        "{seen}"
    );
}
