//! Analysis and training from end to end, on small simulated logs.

use std::fs;

use crate::run::{Home, Run, names};

fn analyze(home: &Home, logs: &std::path::Path, more: &[&str]) -> Run {
    home.run(&[&["analyze", "--logs", logs.to_str().unwrap()], more].concat())
}

#[test]
fn json_is_the_report_and_nothing_else() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &["--format", "json", "--issue", " instances fail to start "]).succeeds();
    let report: engine::Report = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report.format_version, engine::report::FORMAT_VERSION);
    assert_eq!(report.issue.as_deref(), Some("instances fail to start"));
    assert_eq!(report.verdict, engine::report::Verdict::Incident);
    assert!(!report.causes.is_empty());
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(value["funnel"]["files"].as_u64().unwrap() > 0 && value.get("formatVersion").is_some());
}

#[test]
fn the_summary_names_cause_evidence_and_actions_without_colour() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &[]).succeeds();
    for part in ["INCIDENT", "Cause", "Evidence", "What to do", "E1 ", ".log:"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(!run.out.contains('\x1b'));
}

#[test]
fn markdown_is_the_engines() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &["--format", "markdown"]).succeeds();
    assert!(run.out.starts_with("# ") && run.out.contains("## Causes") && run.out.contains("**E1**"), "{}", run.out);
}

#[test]
fn a_page_is_written_as_its_reader_marked_the_report() {
    use engine::report::marks::{Mark, Marks, Stance, evidence_key};
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let report: engine::Report = serde_json::from_str(&analyze(&home, &logs, &["--format", "json"]).succeeds().out).unwrap();
    let mark = |n: usize, stance, note: &str| Mark { key: evidence_key(&report.evidence[n]), stance, note: note.into() };
    let marks =
        Marks { evidence: vec![mark(1, Stance::Pinned, "look <here>"), mark(0, Stance::Dismissed, "")], ..Marks::default() };
    let folders = settings::Folders::find(&|name| (name == "HOME").then(|| home.path("").into_os_string())).unwrap();
    settings::marks::save(&folders, &logs, &marks).unwrap();
    let output = home.path("report.html");
    let written = ["--format", "html", "--output", output.to_str().unwrap()];
    analyze(&home, &logs, &written).succeeds();
    let page = fs::read_to_string(&output).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    let place = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} is missing"));
    assert!(place("id=\"E2\"") < place("look &lt;here&gt;") && place("look &lt;here&gt;") < place("id=\"E3\""));
    assert!(place("id=\"E1\"") > place("Dismissed by the reader"));
    let file = fs::read_dir(folders.data.join("marks")).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "not ours").unwrap();
    let run = analyze(&home, &logs, &written).succeeds();
    assert!(run.err.contains("not a list of marks") && run.err.contains("written without marks"), "{}", run.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "not ours");
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let output = home.write("out/report.json", "old");
    let run = analyze(&home, &logs, &["--format", "json", "--output", output.to_str().unwrap()]).succeeds();
    assert!(run.out.is_empty() && run.err.contains("report.json"), "{run:?}");
    let text = fs::read_to_string(&output).unwrap();
    assert!(serde_json::from_str::<engine::Report>(&text).is_ok());
    assert_eq!(names(output.parent().unwrap()), ["report.json"]);
    let below = output.join("below");
    analyze(&home, &logs, &["--output", below.to_str().unwrap()]).fails(2, &[below.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&output).unwrap(), text);
}

#[test]
fn what_is_no_folder_of_logs_is_told() {
    let home = Home::new();
    let missing = home.path("missing");
    analyze(&home, &missing, &["--format", "json"]).fails(1, &[missing.to_str().unwrap(), "does not exist", "check the path"]);
    let empty = home.path("empty");
    fs::create_dir(&empty).unwrap();
    analyze(&home, &empty, &[]).fails(1, &[empty.to_str().unwrap(), "is empty", "choose the folder"]);
    home.write("noise/picture.bin", "\0\u{1}\u{2}");
    let noise = home.path("noise");
    analyze(&home, &noise, &[]).fails(1, &[noise.to_str().unwrap(), "holds no logs", "choose the folder"]);
}

#[test]
fn a_model_that_does_not_load_is_a_warning() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let weights = home.write("foreign/weights.bin", "not a model");
    for model in [weights.parent().unwrap().to_str().unwrap(), "nosuch", "../nosuch"] {
        let run = analyze(&home, &logs, &["--format", "json", "--model", model]).succeeds();
        assert!(run.err.starts_with("warning: ") && run.err.contains("goes on without a model"), "{model}: {}", run.err);
        assert!(run.err.contains("choose another model") || run.err.contains("check the path"), "{model}: {}", run.err);
        let report: engine::Report = serde_json::from_str(&run.out).unwrap();
        assert_eq!(report.model, None);
    }
}

#[test]
fn a_trained_model_scores_the_next_analysis() {
    let home = Home::new();
    let normal = home.logs(None, 6_000);
    let out = home.path("models/mine");
    let (normal, folder) = (normal.to_str().unwrap(), out.to_str().unwrap());
    let small =
        ["--epochs", "2", "--units", "8", "--embedding", "8", "--sequence-length", "10", "--max-windows", "200", "--seed", "5"];
    let run = home.run(&[&["train", "--logs", normal, "--out", folder][..], &small].concat()).succeeds();
    assert!(run.err.contains("epoch   1 of 2: loss ") && run.err.contains("validation loss"), "{run:?}");
    assert!(run.out.contains("The model mine is in"), "{run:?}");
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &["--format", "json", "--model", folder]).succeeds();
    assert!(!run.err.contains("warning"), "{}", run.err);
    let report: engine::Report = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report.model.unwrap().name, "mine");
}

#[test]
fn a_question_is_answered_from_the_evidence() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let ask = |question: &str| home.run(&["ask", "--logs", logs.to_str().unwrap(), question]);
    let run = ask("What is the root cause?").succeeds();
    assert!(run.out.contains("[E") && run.out.contains(".log:"), "{}", run.out);
    let run = ask("What is the capital of France?").succeeds();
    assert!(run.out.starts_with("The evidence in these logs does not answer that."), "{}", run.out);
    ask(" ").fails(1, &["the question is empty"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_the_work_and_leaves_nothing() {
    let home = Home::new();
    let out = home.path("long");
    let mut child = home.command().args(["simulate", "--lines", "50000000", "--out"]).arg(&out).spawn().unwrap();
    while !out.join("logs").exists() {
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert!(!out.join("logs").exists());
}

#[test]
fn logs_of_a_good_period_are_compared_with_in_place_of_a_model() {
    let home = Home::new();
    let (good, bad) = (home.logs(None, 3_000), home.logs(Some("disk_full"), 3_000));
    let baseline = ["--baseline", good.to_str().unwrap(), "--format", "json"];
    let first = analyze(&home, &bad, &baseline).succeeds();
    let report: engine::Report = serde_json::from_str(&first.out).unwrap();
    assert_eq!(report.verdict, engine::report::Verdict::Incident);
    let model = report.model.unwrap();
    assert!(model.baseline && model.name == good.to_str().unwrap(), "{model:?}");
    assert!(first.err.contains("epoch   1 of"), "{first:?}");
    // What the period tells is known the next time, for other logs too.
    let same = home.path("same");
    home.run(&["simulate", "--out", same.to_str().unwrap(), "--lines", "3000"]).succeeds();
    let clear = analyze(&home, &same.join("logs"), &["--baseline", good.to_str().unwrap()]).succeeds();
    assert!(clear.out.contains("CLEAR") && clear.out.contains("Compared with the good period in "), "{clear:?}");
    assert!(clear.err.contains("learned before") && !clear.err.contains("epoch"), "{clear:?}");
    analyze(&home, &good, &baseline).fails(1, &["holds the incident itself", "a time when all was well"]);
    let both = analyze(&home, &bad, &[&baseline[..], &["--model", "default"]].concat());
    assert!(both.status == Some(1) && both.err.contains("cannot be used with '--model"), "{both:?}");
}

/// Logs in which two unlike processes fail, hours apart.
fn two_incidents(home: &Home) -> std::path::PathBuf {
    let mut files =
        [("store1/cinder/cinder-volume.log", 9, String::new()), ("net1/neutron/neutron-l3-agent.log", 17, String::new())];
    for (path, bad, text) in &mut files {
        let project = path.split('/').nth(1).unwrap();
        for minute in 0..1_440 {
            let (hour, minute) = (minute / 60, minute % 60);
            let line =
                |level: &str, said: &str| format!("2025-03-10 {hour:02}:{minute:02}:01.000 7 {level} {project}.manager {said}\n");
            text.push_str(&line("INFO", "[-] Periodic task done"));
            if hour == *bad {
                text.push_str(&line("ERROR", "[-] It failed"));
                text.push_str(&line("ERROR", "Traceback (most recent call last):"));
                text.push_str(&line("ERROR", "  File \"/usr/lib/x/manager.py\", line 12, in work"));
                text.push_str(&line("ERROR", &format!("{project}Lost: broken")));
            }
        }
    }
    let [one, other] = files.map(|(path, _, text)| home.write(&format!("day/{path}"), &text));
    assert!(one.exists() && other.exists());
    home.path("day")
}

#[test]
fn several_incidents_are_told_and_shown_one_at_a_time() {
    let home = Home::new();
    let logs = two_incidents(&home);
    let without = |more: &[&str]| analyze(&home, &logs, &[&["--model", "nosuch"], more].concat());
    let whole = without(&[]).succeeds().out;
    for part in
        ["2 incidents, worst first", "cinder-volume", "neutron-l3-agent", "2025-03-10 09:00:01 to 09:59:01", "--incident 2"]
    {
        assert!(whole.contains(part), "{part}: {whole}");
    }
    let report = |number: &str| -> engine::Report {
        serde_json::from_str(&without(&["--format", "json", "--incident", number]).succeeds().out).unwrap()
    };
    for number in [1_u32, 2] {
        let own = report(&number.to_string());
        assert_eq!((own.incident, own.incidents.len()), (Some(number), 2));
        assert_eq!(own.causes[0].title, own.incidents[number as usize - 1].title);
    }
    let alone = without(&["--incident", "2"]).succeeds().out;
    assert!(alone.contains("Incident 2 of 2 alone.") && !alone.contains("worst first"), "{alone}");
    let markdown = without(&["--format", "markdown", "--incident", "2"]).succeeds().out;
    assert!(markdown.contains("incident 2 of 2 alone"), "{markdown}");
    for number in ["0", "3"] {
        without(&["--incident", number]).fails(1, &["there are 2 incidents in these logs", "choose one of them with --incident"]);
    }
    let ask = ["ask", "--logs", logs.to_str().unwrap(), "--model", "nosuch", "--incident", "2", "What is the root cause?"];
    assert!(home.run(&ask).succeeds().out.contains("[E1]"));
}
