//! Logs in mixed clocks come onto one timeline, and what cannot be known is not made up.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::fmt::Write;

use chrono::{DateTime, Duration};
use engine::{
    Reading, Silent,
    ingest::{
        self, Correction, Ingested,
        clock::{Basis, Clock},
        source::Memory,
    },
    sequence,
};

/// 2025-03-10 08:00:00 UTC, in microseconds.
const START: i64 = 1_741_593_600_000_000;
const HOUR: i64 = 3_600_000_000;

fn read(files: &[(&str, String)]) -> Ingested {
    corrected(files, &[])
}

fn corrected(files: &[(&str, String)], corrections: &[Correction]) -> Ingested {
    let texts = files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())).collect();
    ingest::read(&Memory { texts }, &Reading { corrections: corrections.to_vec(), ..Reading::default() }, &Silent).unwrap()
}

fn clock<'a>(read: &'a Ingested, path: &str) -> &'a Clock {
    &read.files.iter().find(|f| f.path == path).unwrap().clock
}

/// A moment so many milliseconds after the start, on a clock so many minutes east of UTC.
fn at(millis: i64, zone: i64, form: &str) -> String {
    let time = DateTime::from_timestamp_micros(START).unwrap() + Duration::milliseconds(millis) + Duration::minutes(zone);
    time.format(form).to_string()
}

const LOCAL: &str = "%Y-%m-%d %H:%M:%S%.3f";

fn uuid(n: i64, kind: &str) -> String {
    format!("{:08x}-{:04x}-4{kind}-8000-0123456789ab", n * 2_654_435_761 % 0xffff_ffff, n)
}

/// A service that logs without a zone, and builds a server every 40 s.
fn nova(zone: i64) -> String {
    (0..30).fold(String::new(), |mut text, n| {
        let (port, server) = (uuid(n, "aaa"), uuid(n + 1000, "bbb"));
        let line = |m: i64| at(n * 40_000 + m, zone, LOCAL);
        _ = writeln!(
            text,
            "{} 7 INFO nova.compute.manager [req-{} u p - - -] [instance: {server}] Claim successful",
            line(0),
            uuid(n + 50, "ccc")
        );
        _ = writeln!(text, "{} 7 INFO os_vif [-] Successfully plugged vif {port}", line(2_000));
        text
    })
}

/// Open vSwitch, whose clock is UTC and which sees the ports' devices.
fn ovs() -> String {
    (0..30).fold(String::new(), |mut text, n| {
        let port = uuid(n, "aaa");
        _ = writeln!(
            text,
            "{}|{n:05}|bridge|INFO|bridge br-int: added interface tap{} on port {n}",
            at(n * 40_000 + 1_200, 0, "%Y-%m-%dT%H:%M:%S%.3fZ"),
            &port[..11]
        );
        text
    })
}

fn libvirt() -> String {
    (0..30).fold(String::new(), |mut text, n| {
        let server = uuid(n + 1000, "bbb");
        _ = writeln!(text, "{}+0000: 99: error : qemuMonitorIO:500 : guest {server} is gone", at(n * 40_000 + 900, 0, LOCAL));
        text
    })
}

#[test]
fn the_zone_of_local_time_follows_from_shared_ids() {
    for zone in [120, 330, -210, 0] {
        let read = read(&[
            ("c1/nova/nova-compute.log", nova(zone)),
            ("c1/openvswitch/ovs-vswitchd.log", ovs()),
            ("c1/libvirt/libvirtd.log", libvirt()),
        ]);
        assert_eq!(i64::from(read.zone), zone);
        let (nova, ovs) = (clock(&read, "c1/nova/nova-compute.log"), clock(&read, "c1/openvswitch/ovs-vswitchd.log"));
        assert_eq!((nova.shift, nova.basis), (0, Basis::Inferred), "the incident's clock is that of the services");
        assert!(nova.confidence > 0.9, "{nova:?}");
        assert_eq!((ovs.shift, ovs.basis), (zone * HOUR / 60, Basis::Logged));
        assert_eq!(clock(&read, "c1/libvirt/libvirtd.log").shift, zone * HOUR / 60);
    }
}

#[test]
fn times_are_shown_as_they_were_logged_and_compared_as_they_were() {
    let read = read(&[("c1/nova/nova-compute.log", nova(120)), ("c1/openvswitch/ovs-vswitchd.log", ovs())]);
    let plugged = (0..read.events.len()).find(|n| read.message(*n).starts_with("bridge")).unwrap();
    assert_eq!(read.written(plugged).unwrap(), "2025-03-10T08:00:01.200Z");
    let port = &uuid(0, "aaa")[..11];
    let mut order: Vec<usize> = (0..read.events.len()).filter(|n| read.message(*n).contains(port) || *n == 0).collect();
    order.sort_by_key(|n| read.events.time[*n]);
    let told: Vec<String> = order.iter().map(|n| read.message(*n).chars().take(6).collect()).collect();
    assert_eq!(told, ["Claim ", "bridge", "Succes"]);
}

#[test]
fn other_logs_of_the_host_and_of_the_cloud_follow() {
    let line = |zone: i64| format!("{} 7 WARNING cinder.volume.manager [-] slow\n", at(5_000, zone, LOCAL));
    let rabbit = format!("{} [error] <0.1.0> closing AMQP connection\n", at(5_000, 0, "%Y-%m-%d %H:%M:%S%.6f+00:00"));
    let syslog = format!("{} c1 dnsmasq[9]: a query\n", at(6_000, 120, "%b %e %H:%M:%S"));
    let read = read(&[
        ("c1/cinder/cinder-volume.log", line(120)),
        ("c1/nova/nova-compute.log", nova(120)),
        ("c1/openvswitch/ovs-vswitchd.log", ovs()),
        ("c1/syslog", syslog),
        ("c2/glance/glance-api.log", line(120)),
        ("c2/rabbitmq/rabbit@c2.log", rabbit),
    ]);
    let of = |path: &str| *clock(&read, path);
    assert_eq!((of("c1/cinder/cinder-volume.log").shift, of("c1/cinder/cinder-volume.log").basis), (0, Basis::Inferred));
    assert_eq!((of("c2/rabbitmq/rabbit@c2.log").shift, of("c2/rabbitmq/rabbit@c2.log").basis), (2 * HOUR, Basis::Logged));
    let sure = ["c1/nova/nova-compute.log", "c1/cinder/cinder-volume.log", "c2/glance/glance-api.log"].map(|p| of(p).confidence);
    assert!(sure[0] > sure[1] && sure[1] > sure[2] && sure[2] > 0.5, "{sure:?}");
    let dnsmasq = (0..read.events.len()).find(|n| read.message(*n) == "a query").unwrap();
    assert_eq!(read.events.time[dnsmasq], START + 6_000_000 + 2 * HOUR);
}

#[test]
fn logs_that_share_nothing_are_left_alone() {
    let foreign = ovs().replace("tap", "eth").replace('|', "|x");
    let unrelated: Vec<String> = foreign.lines().map(|l| format!("{}\n", l.split(" eth").next().unwrap_or_default())).collect();
    let unrelated = unrelated.concat();
    let read = read(&[("nova/nova-compute.log", nova(120)), ("openvswitch/ovs-vswitchd.log", unrelated)]);
    let nova = clock(&read, "nova/nova-compute.log");
    assert_eq!((nova.shift, nova.basis), (0, Basis::Assumed));
    assert!(nova.confidence <= 0.2);
    assert_eq!(clock(&read, "openvswitch/ovs-vswitchd.log").shift, 0);
}

#[test]
fn without_any_zone_nothing_is_moved() {
    let read = read(&[("c1/nova/nova-compute.log", nova(120)), ("c2/nova/nova-compute.log", nova(0))]);
    assert!(read.files.iter().all(|f| f.clock.shift == 0 && f.clock.basis == Basis::Assumed));
    assert_eq!(ingest::reference(&read), None);
}

#[test]
fn bursts_tell_where_ids_do_not() {
    let burst = |form: &dyn Fn(i64) -> String| -> String {
        let minutes = [0, 7, 12, 31, 44, 58, 83, 90, 121, 140];
        minutes.iter().flat_map(|m| (0..6).map(move |s| m * 60_000 + s * 1_000)).map(form).collect()
    };
    let nova = burst(&|m| format!("{} 7 ERROR oslo.messaging._drivers.impl_rabbit [-] connection lost\n", at(m, 60, LOCAL)));
    let rabbit = burst(&|m| format!("{} [error] <0.1.0> closing\n", at(m, 0, "%Y-%m-%d %H:%M:%S%.6f+00:00")));
    let read = read(&[("nova/nova-compute.log", nova), ("rabbitmq/rabbit@c2.log", rabbit)]);
    let nova = clock(&read, "nova/nova-compute.log");
    assert_eq!((read.zone, nova.basis), (60, Basis::Inferred));
    assert!(nova.confidence <= 0.5, "{nova:?}");
}

#[test]
fn what_the_user_says_goes_before_all() {
    let files = [("c1/nova/nova-compute.log", nova(120)), ("c1/openvswitch/ovs-vswitchd.log", ovs())];
    let given = Correction {
        path: "c1/openvswitch".into(),
        service: Some("vswitch".into()),
        host: Some("node".into()),
        shift: Some(7_000_000),
    };
    let read = corrected(&files, std::slice::from_ref(&given));
    let ovs = clock(&read, "c1/openvswitch/ovs-vswitchd.log");
    assert_eq!((ovs.shift, ovs.basis), (7_000_000, Basis::Given));
    let rows = ingest::sources(&read, &[given]);
    let told: Vec<(&str, &str, &str)> =
        rows.iter().map(|r| (r.service.as_deref().unwrap(), r.host.as_deref().unwrap(), r.shift.as_str())).collect();
    assert_eq!(told, [("nova-compute", "c1", "+00:00"), ("vswitch", "node", "+00:00:07")]);
    assert_eq!((rows[1].events, rows[1].corrected, rows[0].corrected), (30, true, false));
    assert_eq!(rows[1].first.as_deref(), Some("2025-03-10T08:00:01.200Z"));
}

#[test]
fn years_are_filled_in_over_new_year() {
    let syslog = "Dec 31 23:59:58 c1 kernel: one\nJan  1 00:00:03 c1 kernel: two\n".to_owned();
    let nova = "2026-01-01 00:10:00.000 7 INFO nova.x [-] three\n".to_owned();
    let read = read(&[("nova/nova-api.log", nova), ("syslog", syslog)]);
    let written: Vec<String> = (0..3).map(|n| read.written(n).unwrap()).collect();
    assert_eq!(written[1..], ["2025-12-31T23:59:58.000", "2026-01-01T00:00:03.000"]);
}

#[test]
fn the_end_of_summer_time_is_noted_and_lines_keep_their_order() {
    let line = |clock: &str, n: i32| format!("2025-10-26 {clock} 7 INFO nova.x [-] number {n}\n");
    let text: String = (0..40)
        .map(|n| if n < 20 { line(&format!("02:59:{n:02}.000"), n) } else { line(&format!("02:00:{n:02}.000"), n) })
        .collect();
    let read = read(&[("nova/nova-api.log", text)]);
    let note = read.skipped.iter().find(|s| s.reason.contains("goes back")).unwrap();
    assert_eq!((note.line, note.reason.contains("by 59 minutes")), (Some(21), true));
    let sequences = sequence::group(&read.events, &read.streams());
    let order: Vec<u32> = sequences.iter().next().unwrap().to_vec();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn hosts_stay_apart_in_one_stream_and_are_one_under_two_names() {
    let syslog = "Mar 10 08:00:00 c1 haproxy[7]: a\nMar 10 08:00:01 c2 haproxy[7]: b\nMar 10 08:00:02 localhost haproxy[7]: c\n";
    let nova = "2025-03-10 08:00:00.000 7 INFO nova.x [-] d\n";
    let read = read(&[("c1.example.org/nova/nova-api.log", nova.into()), ("c3/messages", syslog.into())]);
    let hosts: Vec<&str> = (0..4).map(|n| read.symbols.text(read.events.host(n))).collect();
    assert_eq!(hosts, ["c1", "c1", "c2", "c3"]);
    assert_eq!(sequence::group(&read.events, &read.streams()).len(), 4);
}
