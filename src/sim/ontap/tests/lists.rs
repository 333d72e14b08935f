//! Pages, on both wires.

use super::*;

fn many(luns: usize) -> Practice {
    let array = Practice::in_memory(&Seed::gold());
    for n in 0..luns {
        array.add_lun(&format!("/vol/cinder_a/lun-{n:03}"), GIB);
    }
    array
}

const QUERY: &str = "<query><lun-info><path>/vol/cinder_a/*</path></lun-info></query>\
                     <desired-attributes><lun-info><path/></lun-info></desired-attributes>";

/// All paths, and how many requests it took.
fn walk(array: &Practice, most: usize) -> (Vec<String>, usize) {
    let (mut paths, mut tag, mut requests) = (Vec::new(), String::new(), 0);
    loop {
        requests += 1;
        let call =
            format!("<lun-get-iter><max-records>{most}</max-records>{tag}{QUERY}</lun-get-iter>");
        let page = zapi(array, &call);
        paths.extend(
            page.split("<path>")
                .skip(1)
                .map(|p| p.split('<').next().unwrap().to_owned()),
        );
        match page.split_once("<next-tag>") {
            // Escaped as it came, it is escaped once more than the tag itself.
            Some((_, rest)) => {
                let text = rest.split("</next-tag>").next().unwrap();
                assert!(text.contains("&lt;key-0&gt;"), "{text}");
                tag = format!("<tag>{text}</tag>");
            }
            None => return (paths, requests),
        }
    }
}

#[test]
fn a_list_of_the_older_interface_comes_whole() {
    let array = many(25);
    for (last, full) in [(LastPage::NoTag, 5), (LastPage::EmptyPage, 6)] {
        array.set_options(|o| o.last_page = last);
        let (paths, requests) = walk(&array, 5);
        assert_eq!((paths.len(), requests), (25, full), "{last:?}");
        let (paths, requests) = walk(&array, 100);
        assert_eq!(paths.len(), 25);
        assert_eq!(requests, 3, "small pages whatever is asked");
    }
    array.set_options(|o| (o.last_page, o.page) = (LastPage::EmptyTag, 100));
    let call = format!("<lun-get-iter><max-records>50</max-records>{QUERY}</lun-get-iter>");
    assert!(zapi(&array, &call).contains("<next-tag/><num-records>25</num-records>"));
}

#[test]
fn a_tag_belongs_to_its_query() {
    let array = many(12);
    let page = zapi(
        &array,
        &format!("<lun-get-iter><max-records>5</max-records>{QUERY}</lun-get-iter>"),
    );
    let tag = page
        .split("<next-tag>")
        .nth(1)
        .unwrap()
        .split("</next-tag>")
        .next()
        .unwrap();
    let with = |query: &str| {
        format!("<lun-get-iter><max-records>5</max-records><tag>{tag}</tag>{query}</lun-get-iter>")
    };
    assert_eq!(errno(&array, &with(QUERY)), "");
    assert_eq!(errno(&array, &with("")), "13001");
    let twice = tag.replace('&', "&amp;");
    let call = with(QUERY).replace(tag, &twice);
    assert_eq!(errno(&array, &call), "13001", "escaped twice");
    array.lose_lun("/vol/cinder_a/lun-004");
    let next = zapi(&array, &with(QUERY));
    assert!(
        next.contains("lun-005") && !next.contains("lun-003"),
        "a list goes on where it was"
    );
}

#[test]
fn a_list_of_rest_comes_whole_by_its_links() {
    let array = many(25);
    let mut target = "/api/storage/luns?fields=serial_number&name=/vol/cinder_a/*".to_owned();
    let (mut names, mut requests) = (Vec::new(), 0);
    loop {
        requests += 1;
        let page = get(&array, &target);
        for record in page["records"].as_array().unwrap() {
            assert!(record["serial_number"].is_string());
            names.push(record["name"].as_str().unwrap().to_owned());
        }
        match page.pointer("/_links/next/href").and_then(Value::as_str) {
            Some(next) => target = next.to_owned(),
            None => break,
        }
    }
    assert_eq!((names.len(), requests), (25, 3));
    let changed = get(&array, "/api/storage/luns?fields=os_type&max_records=5");
    let next = changed
        .pointer("/_links/next/href")
        .unwrap()
        .as_str()
        .unwrap();
    assert_eq!(
        code(&array, "GET", &format!("{next}&enabled=true"), Value::Null),
        "1999000105"
    );
    let count = get(
        &array,
        "/api/storage/luns?return_records=false&name=/vol/*1",
    );
    assert_eq!(count, json!({"num_records": 3}));
}

#[test]
fn orders_and_pages_go_together() {
    let array = many(12);
    let first = get(
        &array,
        "/api/storage/luns?order_by=name%20desc&max_records=5",
    );
    assert_eq!(first["records"][0]["name"], "/vol/cinder_a/lun-011");
    let next = first
        .pointer("/_links/next/href")
        .unwrap()
        .as_str()
        .unwrap();
    let second = get(&array, next);
    assert_eq!(second["records"][0]["name"], "/vol/cinder_a/lun-006");
}

#[test]
fn maps_are_paged_by_pair() {
    let array = many(8);
    for group in ["a", "b"] {
        array.add_igroup(group, "iscsi", &[]);
        for n in 0..8 {
            array
                .map(&format!("/vol/cinder_a/lun-{n:03}"), group, None)
                .unwrap();
        }
    }
    let (mut seen, mut target) = (0, "/api/protocols/san/lun-maps?max_records=3".to_owned());
    loop {
        let page = get(&array, &target);
        seen += page["num_records"].as_u64().unwrap();
        match page.pointer("/_links/next/href").and_then(Value::as_str) {
            Some(next) => target = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, 16);
}
