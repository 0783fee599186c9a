//! The words of an issue or a record speak for the right category.

use crate::report::CategoryId::{self, *};

use super::Known;

fn strongest(text: &str) -> Option<CategoryId> {
    let scores = Known::built_in().category_scores(text);
    scores.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(id, _)| id)
}

#[test]
fn issues_speak_for_their_category() {
    for (issue, category) in [
        ("The compute node ran out of memory and the OOM killer struck", ResourceShortage),
        ("Not enough memory to launch instances of flavor m1.large", ResourceShortage),
        ("uploads fail, disk is full on controller", DiskSpace),
        ("No space left on device when booting instances", DiskSpace),
        ("instances get no DHCP address and cannot ping the router", NetworkIssues),
        ("Virtual interface creation failed for new VMs", NetworkIssues),
        ("floating IPs do not work since this morning", NetworkIssues),
        ("server is stuck in spawning, resize never finishes", InstanceLifecycle),
        ("users get 401 Unauthorized, tokens are rejected", Authentication),
        ("keystone login fails with invalid credentials", Authentication),
        ("MySQL: too many connections", Database),
        ("galera cluster lost quorum, database errors everywhere", Database),
        ("MessagingTimeout in nova-conductor, RabbitMQ queues grow", Messaging),
        ("cannot attach volume, iSCSI login fails", Storage),
        ("ceph OSDs are down and cinder volumes hang", Storage),
        ("glance image upload fails with corrupt image", Image),
        ("libvirt connection lost, live migration fails", Hypervisor),
        ("No valid host was found for my server", Scheduling),
        ("nova API returns 503 Service Unavailable", ApiUnavailable),
        ("Quota exceeded when creating instances", Quota),
        ("TLS certificate is misconfigured after upgrade", Configuration),
        ("AttributeError: 'NoneType' object has no attribute 'id'", CodeDefect),
    ] {
        assert_eq!(strongest(issue), Some(category), "{issue}");
    }
}

#[test]
fn only_whole_words_count_and_plurals_do() {
    let scores = |text| Known::built_in().category_scores(text);
    assert!(scores("the framework was programmed").is_empty());
    assert_eq!(scores("quota"), scores("QUOTAS"));
    assert_eq!(scores("quota"), scores("quota, quota and quota"));
    assert!(scores("").is_empty());
}

#[test]
fn records_speak_for_the_category_of_their_signature() {
    let known = Known::built_in();
    // What is general has no words of its own.
    let says = |s: &super::Signature| s.kind == super::Kind::Cause && s.category != General;
    let causes: Vec<_> = known.signatures().iter().filter(|s| says(s)).collect();
    let agreeing = causes.iter().filter(|s| {
        known.category_scores(&format!("{} {}", s.title, s.positive)).get(&s.category).is_some_and(|score| *score > 0.0)
    });
    let share = agreeing.count() as f64 / causes.len() as f64;
    assert!(share > 0.8, "only {share:.2} of the causes' own words speak for their category");
}
