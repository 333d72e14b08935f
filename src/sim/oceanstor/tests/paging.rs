use super::*;

fn sizes(paging: Paging, paths: &[&str]) -> Vec<i64> {
    let array = Practice::in_memory(&Seed::v3());
    array.set_options(|o| o.paging = paging);
    array.populate(150);
    let client = Client::login(&array);
    let size = |path: &&str| {
        let value = client.get(path);
        match code(&value) {
            0 => value
                .get("data")
                .map_or(0, |d| d.as_array().unwrap().len() as i64),
            other => other,
        }
    };
    paths.iter().map(size).collect()
}

#[test]
fn three_policies() {
    let paths = [
        "/host?range=[0-100]",
        "/host?range=[100-200]",
        "/host?range=[0-8191]",
        "/host",
        "/host?range=[150-250]",
    ];
    assert_eq!(sizes(Paging::Cap100, &paths), [100, 50, 100, 100, 0]);
    assert_eq!(
        sizes(Paging::Reject, &paths),
        [100, 50, codes::PARAMETER, 100, 0]
    );
    assert_eq!(sizes(Paging::Full, &paths), [100, 50, 150, 150, 0]);
    assert_eq!(
        sizes(Paging::Cap100, &["/host?range=[0-99]"]),
        [99],
        "half open"
    );
}

#[test]
fn a_resource_may_refuse_ranges() {
    let array = Practice::in_memory(&Seed::v6());
    array.set_options(|o| o.range_rejected = ["host".to_owned()].into());
    array.add_host("a");
    let client = Client::login(&array);
    assert_eq!(
        client.code("GET", "/host?range=[0-100]", Value::Null),
        codes::PARAMETER
    );
    assert_eq!(client.list("/host").len(), 1);
}

#[test]
fn filters_exact_and_fuzzy() {
    let array = Practice::in_memory(&Seed::v6());
    array.populate(120);
    array.add_lun("vol-1", 1 << 20);
    let last = array.add_lun("vol-12", 1 << 20);
    array.add_initiator("iqn.1994-05.com.redhat:abc", None);
    let client = Client::login(&array);
    let count = |path: &str| client.list(path).len();
    assert_eq!(count("/lun?filter=NAME::vol-1"), 1);
    assert_eq!(count("/lun?filter=NAME:vol-1"), 2);
    assert_eq!(count("/lun?filter=NAME::absent"), 0);
    assert_eq!(
        count(&format!("/lun?filter=WWN::{}", array.lun_wwn(last))),
        1
    );
    assert_eq!(
        count("/host?filter=ID:5&range=[0-100]"),
        21,
        "fuzzy on ids, as seen live"
    );
    assert_eq!(count("/host?filter=ID::5"), 1);
    assert_eq!(
        count(r"/iscsi_initiator?filter=ID::iqn.1994-05.com.redhat\:abc"),
        1
    );
    assert_eq!(
        client.list("/hostgroup?filter=NAME::OpenStack_HostGroup_119")[0]["ID"],
        "119"
    );
    assert_eq!(
        count("/lif?filter=IPV4ADDR::192.0.2.35 and SUPPORTPROTOCOL::4"),
        1
    );
    assert_eq!(count("/fc_initiator?ISFREE=true&range=[0-100]"), 0);
    for wrong in [
        "/host?filter=IP::x",
        "/lun?filter=SIZE::1",
        "/host?sortby=NAME",
        "/lun?filter=NAME",
    ] {
        assert_eq!(
            client.code("GET", wrong, Value::Null),
            codes::PARAMETER,
            "{wrong}"
        );
    }
    let one = client.list("/lun?filter=NAME::vol-1&selectFields=ID,NAME");
    assert_eq!(
        one[0].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["ID", "NAME"]
    );
}

#[test]
fn empty_lists_and_missing_hints() {
    let array = Practice::in_memory(&Seed::v6());
    array.add_host("a");
    let client = Client::login(&array);
    assert!(client.get("/lun").get("data").is_none());
    array.set_options(|o| (o.empty_list, o.hints) = (EmptyList::Array, Hints::Omitted));
    assert_eq!(client.get("/lun")["data"], json!([]));
    let host = client.get("/host/0")["data"].clone();
    for key in [
        "INITIATORNUM",
        "ISADD2HOSTGROUP",
        "PARENTID",
        "PARENTNAME",
        "PARENTTYPE",
    ] {
        assert!(host.get(key).is_none(), "{key}");
    }
}

#[test]
fn filters_on_associations_may_be_ignored() {
    let array = Practice::in_memory(&Seed::v3());
    let luns: Vec<u64> = (0..3)
        .map(|n| array.add_lun(&format!("vol-{n}"), 1 << 20))
        .collect();
    let group = array.add_lungroup("lg", &luns);
    let client = Client::login(&array);
    let path = format!(
        "/lun/associate?TYPE=11&ASSOCIATEOBJTYPE=256&ASSOCIATEOBJID={group}&filter=NAME::vol-2"
    );
    assert_eq!(client.list(&path).len(), 1);
    array.set_options(|o| o.associate_filter = AssociateFilter::Ignore);
    assert_eq!(client.list(&path).len(), 3);
    array.set_options(|o| o.associate_filter = AssociateFilter::Refuse);
    assert_eq!(client.code("GET", &path, Value::Null), codes::PARAMETER);
}

#[test]
fn ten_thousand_others_are_quick() {
    let begin = std::time::Instant::now();
    let array = Practice::in_memory(&Seed::v6());
    array.populate(10_000);
    let lun = array.add_lun("vol-1", 1 << 20);
    let client = Client::login(&array);
    let (host, ..) = attach(&client, lun);
    for _ in 0..100 {
        client.list("/host?filter=NAME::node1");
        client.list(&format!(
            "/lun/associate?TYPE=11&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}"
        ));
    }
    assert!(begin.elapsed().as_secs() < 5, "{:?}", begin.elapsed());
}
