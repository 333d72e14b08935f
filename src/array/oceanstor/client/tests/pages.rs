//! Paging, with arrays that do it, ignore it or refuse it.

use super::*;

fn span(seen: &Seen) -> Option<(usize, usize)> {
    let range = seen.path.split_once("range=[")?.1.split_once(']')?.0;
    let (from, to) = range.split_once('-')?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

fn slice(total: usize, from: usize, to: usize) -> Act {
    let items: Vec<Value> = (from..to.min(total))
        .map(|i| json!({"ID": i.to_string()}))
        .collect();
    if items.is_empty() {
        return Act::json(json!({"error": {"code": 0, "description": "0"}}));
    }
    ok(json!(items))
}

fn ids(client: &Client) -> Result<Vec<String>, Error> {
    let mut ids = Vec::new();
    client.pages("/host", "", &bounds(), &mut |object| {
        ids.push(object.id().unwrap_or_default().to_owned());
        ControlFlow::Continue(())
    })?;
    Ok(ids)
}

fn numbered(total: usize) -> Vec<String> {
    (0..total).map(|i| i.to_string()).collect()
}

#[test]
fn pages_of_a_hundred_until_a_short_one() {
    for (total, requests) in [(0, 1), (1, 1), (99, 1), (100, 2), (257, 3)] {
        let script = server(move |seen, _| {
            let (from, to) = span(seen).unwrap();
            slice(total, from, to)
        });
        let client = client(&[&script.url]);
        assert_eq!(ids(&client).unwrap(), numbered(total));
        assert_eq!(client.requests(), 1 + requests, "{total}");
    }
}

#[test]
fn a_listing_ends_when_the_caller_has_enough() {
    let script = server(|seen, _| {
        let (from, to) = span(seen).unwrap();
        slice(500, from, to)
    });
    let client = client(&[&script.url]);
    let mut count = 0;
    client
        .pages("/host", "", &bounds(), &mut |_| {
            count += 1;
            if count == 150 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .unwrap();
    assert_eq!((count, client.requests()), (150, 3));
}

#[test]
fn an_array_that_ignores_the_range_gives_everything_once_or_an_error() {
    let whole = server(|_, _| slice(257, 0, 257));
    assert_eq!(ids(&client(&[&whole.url])).unwrap(), numbered(257));
    let capped = server(|_, _| slice(257, 0, 100));
    let error = ids(&client(&[&capped.url])).unwrap_err();
    assert!(error.to_string().contains("ignores the range"), "{error}");
}

#[test]
fn an_array_that_counts_both_ends_loses_and_repeats_nothing() {
    let script = server(|seen, _| {
        let (from, to) = span(seen).unwrap();
        slice(257, from, to + 1)
    });
    assert_eq!(ids(&client(&[&script.url])).unwrap(), numbered(257));
}

#[test]
fn what_moves_between_pages_is_told_once() {
    // An object was added in front while the list was read: the rest moved by one.
    let script = server(|seen, _| match span(seen).unwrap() {
        (0, to) => slice(150, 0, to),
        (from, to) => slice(150, from - 1, to - 1),
    });
    assert_eq!(ids(&client(&[&script.url])).unwrap(), numbered(150));
}

#[test]
fn a_refused_range_is_left_out_with_a_warning() {
    for (total, warned) in [(30, 0), (100, 1)] {
        let script = server(move |seen, _| match span(seen) {
            Some(_) => code(50_331_651),
            None => slice(total, 0, total),
        });
        let client = client(&[&script.url]);
        assert_eq!(ids(&client).unwrap(), numbered(total));
        let warnings = client.take_warnings();
        assert_eq!(warnings.len(), warned);
        assert!(warnings.iter().all(|w| w.contains("/host")));
        assert_eq!(client.take_warnings(), [""; 0]);
    }
}

#[test]
fn an_array_that_ignores_the_range_is_found_out_while_its_objects_change() {
    let script = server(|_, n| {
        let items: Vec<Value> = (0..100)
            .map(|i| json!({"ID": ((i + n) % 100).to_string(), "RUNNINGSTATUS": n}))
            .collect();
        ok(json!(items))
    });
    let error = ids(&client(&[&script.url])).unwrap_err();
    assert!(error.to_string().contains("ignores the range"), "{error}");
}

#[test]
fn a_parent_that_is_gone_lists_nothing() {
    let script = server(|_, _| code(1_077_937_500));
    assert_eq!(ids(&client(&[&script.url])).unwrap(), numbered(0));
}
