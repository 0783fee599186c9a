//! What a report tells of requests, causes and places.

use super::*;

#[test]
fn a_failing_request_is_told_hop_by_hop() {
    let (api, compute) = failure();
    let report = with(Ok(&trained()), &api, &compute, None, &config());
    let request = report.requests.iter().find(|r| r.request_id == "req-aaaaaaaa-0000-4000-8000-000000000000").unwrap();
    let of: Vec<_> = request.hops.iter().map(|hop| (hop.service.as_str(), hop.events, hop.errors)).collect();
    assert_eq!(of, [("nova-compute", 1, 1), ("nova-api", 1, 0)], "{:#?}", request.hops);
    let step = &request.hops[0].steps[0];
    assert_eq!((step.file.as_str(), step.line, step.level.as_deref()), ("nova/nova-compute.log", 611, Some("ERROR")));
    let shown = step.evidence_id.as_ref().and_then(|id| report.evidence.iter().find(|e| e.id == *id)).unwrap();
    assert_eq!((shown.line, shown.service.as_deref()), (step.line, Some("nova-compute")));
}

#[test]
fn a_cause_says_what_speaks_for_it_and_what_against() {
    let (api, compute) = failure();
    let report = with(Ok(&trained()), &api, &compute, None, &config());
    let said = |rank: usize, pro: bool| -> Vec<&str> {
        report.causes[rank - 1].reasons.iter().filter(|r| r.pro == pro).map(|r| r.text.as_str()).collect()
    };
    assert!(said(1, true).contains(&"Normal work never says this."), "{:?}", report.causes[0].reasons);
    assert!(said(1, true).contains(&"A traceback leads to the code where it was raised."), "{:?}", report.causes[0].reasons);
    assert!(said(2, false).iter().any(|text| text.contains("it only called what failed")), "{:#?}", report.causes);
    let unaided = with(Err(&Error::Cancelled), &api, &compute, None, &config());
    assert!(unaided.causes[0].reasons.iter().any(|r| !r.pro && r.text.starts_with("No model scored these logs")));
}

#[test]
fn events_are_counted_by_host_and_instance_over_time() {
    let (api, compute) = normal(200);
    let id = "0b0b0b0b-1111-4222-8333-444444444444";
    let about = format!("2025-01-01 10:02:00.000 9 ERROR nova.compute.manager [-] [instance: {id}] Instance failed to spawn\n");
    let report = with(Ok(&trained()), &api, &(compute + &about), None, &config());
    let place = report.patterns.places.iter().find(|p| p.name == id).unwrap();
    assert_eq!((place.kind, place.events, place.errors, place.departing), (PlaceKind::Instance, 1, 1, 1));
    let seconds = f64::from(report.patterns.bucket_seconds) * f64::from(place.times[0].bucket);
    assert!((seconds - 120.0).abs() < f64::from(report.patterns.bucket_seconds), "two minutes after the start, not {seconds} s");
}
