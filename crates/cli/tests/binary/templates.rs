//! Templates: listed, judged, changed.

use crate::run::Home;

const ORIGIN: &str = "nova.compute.manager";

/// A few lines of one logger.
fn logs(home: &Home) -> String {
    let says = ["volume 'a' up", "volume 'b' up", "volume 'c' up", "volume 'a' up", "ready, \"now\""];
    let line = |(n, said)| format!("2025-01-01 10:00:0{n}.000 7 WARNING {ORIGIN} [-] {said}\n");
    let text: String = says.iter().enumerate().map(line).collect();
    home.write("logs/nova/nova-compute.log", &text);
    home.path("logs").to_str().unwrap().to_owned()
}

#[test]
fn templates_are_listed_in_every_form() {
    let home = Home::new();
    let logs = logs(&home);
    let list = |format: &str| home.run(&["templates", "--logs", &logs, "--format", format]).succeeds().out;
    assert!(list("text").contains("4  WARNING   nova.compute.manager: volume <*> up\n"), "{}", list("text"));
    let csv = list("csv");
    let row = "1,WARNING,2025-01-01T10:00:04.000,nova.compute.manager,\"ready, \"\"now\"\"\",,false,\"ready, \"\"now\"\"\"";
    assert!(csv.starts_with("count,level,first,") && csv.contains(row), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&list("json")).unwrap();
    assert_eq!((&json[0]["count"], &json[0]["example"]), (&4.into(), &"volume 'a' up".into()));
    assert!(list("count").starts_with("events=5 lines=5 "), "{}", list("count"));
}

#[test]
fn changes_are_kept_and_taken_back() {
    let home = Home::new();
    let logs = logs(&home);
    let list = || home.run(&["templates", "--logs", &logs]).succeeds().out;
    let first = list();
    home.run(&["templates", "split", ORIGIN, "volume <*> up"]).succeeds();
    home.run(&["templates", "merge", ORIGIN, "volume 'b' up", "volume 'c' up"]).succeeds();
    home.run(&["templates", "name", ORIGIN, "volume 'a' up", "the first"]).succeeds();
    home.run(&["templates", "mute", ORIGIN, "volume 'b' up"]).succeeds();
    let changed = list();
    assert!(changed.contains("2  WARNING   nova.compute.manager: volume 'a' up  (the first)\n"), "{changed}");
    assert!(changed.contains("2  WARNING   nova.compute.manager: volume 'b' up  muted\n"), "{changed}");
    assert_eq!(home.run(&["templates", "changes"]).succeeds().out.lines().count(), 4);
    for _ in 0..4 {
        home.run(&["templates", "undo"]).succeeds();
    }
    assert_eq!(list(), first);
    home.run(&["templates", "undo"]).fails(1, &["no change"]);
    home.run(&["templates", "split", ORIGIN, "volume up"]).fails(1, &["<*>"]);
}

#[test]
fn templates_are_judged_by_labels() {
    let home = Home::new();
    let logs = logs(&home);
    let file = "nova/nova-compute.log";
    let rows: Vec<String> = (1..=5).map(|n| format!("{file},{n},{}\n", if n < 5 { "volume" } else { "ready" })).collect();
    let rows = rows.concat();
    let labels = home.write("labels.csv", &format!("file,line,template\n{rows}"));
    let judge = |labels: &std::path::Path| {
        home.run(&["templates", "--format", "count", "--logs", &logs, "--labels", labels.to_str().unwrap()])
    };
    let right = judge(&labels).succeeds().err;
    assert!(right.contains("5 of 5 labelled lines are events. Templates: GA=1.0000 FGA=1.0000"), "{right}");
    // One line is said to be of another statement: four lines of five are in wrong groups, and one group of two is right.
    let hub = home.write("hub.csv", "LineId,Content,EventId\n1,x,E1\n2,x,E1\n3,x,E1\n4,x,E2\n5,x,E3\n");
    let wrong = judge(&hub).succeeds().err;
    assert!(wrong.contains("Templates: GA=0.2000 FGA=0.4000"), "{wrong}");
    judge(&home.write("none.csv", "a,b\n1,2\n")).fails(1, &["no columns"]);
}
