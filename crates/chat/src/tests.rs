use engine::report::CategoryId;

use super::*;

fn report() -> Report {
    serde_json::from_str(include_str!("../data/tests/report.json")).unwrap()
}

fn clear() -> Report {
    let mut report = report();
    report.verdict = Verdict::Clear;
    report.category.id = CategoryId::General;
    report.causes.clear();
    report.evidence.clear();
    report.requests.clear();
    report.actions.clear();
    report
}

/// The answer's first sentence holds `first`, and it cites what it should.
fn check(question: &str, first: &str, citations: &[&str]) {
    let answer = answer(&report(), question);
    let line = answer.text.lines().next().unwrap_or_default();
    assert!(line.contains(first), "{question}\n{}", answer.text);
    for id in citations {
        assert!(answer.citations.iter().any(|cited| cited == id), "{question}\n{}", answer.text);
    }
}

#[test]
fn questions_find_their_facts() {
    check("What is the root cause?", "**The disk of compute-2 is full**", &["E1"]);
    check("Why did it break?", "**The disk of compute-2 is full**", &["E1"]);
    check("What should I do next?", "1. Free space", &["E1"]);
    check("How can I fix this?", "1. Free space", &["E1"]);
    check("When did it start?", "logged at 2025-03-10T08:15:02.100", &["E1", "E3"]);
    check("Which requests failed?", "req-11111111-2222-4333-8444-555555555555", &["E1", "E3"]);
    check("Where in the code does it fail?", "`nova/virt/libvirt/imagebackend.py:412`", &["E1"]);
    check("What did nova-scheduler log?", "`nova-scheduler`", &["E3"]);
    check("What does E2 say?", "Failed to report", &["E2"]);
    check("Which hosts are affected?", "`compute-2`", &["E1"]);
    check("How many errors did nova-compute log?", "12 of them errors", &["E1"]);
    check("which model was used?", "`default`", &[]);
    check("What could not be read?", "`broken.gz`", &[]);
}

#[test]
fn every_claim_about_the_logs_ends_in_citations_of_the_report() {
    let report = report();
    for question in suggestions(&report) {
        let answer = answer(&report, &question);
        for line in answer.text.lines() {
            assert!(line.ends_with(']'), "{question}: {line}");
        }
        for id in &answer.citations {
            assert!(report.evidence.iter().any(|evidence| &evidence.id == id), "{question}: {id}");
            assert!(answer.text.contains(&format!("[{id}]")), "{question}: {id}");
        }
    }
}

#[test]
fn what_the_evidence_does_not_hold_is_not_answered() {
    for question in ["What is the capital of France?", "Why is the sky blue?", "Write me a poem", "", "???"] {
        let answer = answer(&report(), question);
        assert!(answer.text.starts_with("The evidence in these logs does not answer that."), "{question}: {}", answer.text);
        assert!(answer.citations.is_empty());
        assert!(answer.suggestions.len() >= 3 && answer.text.contains(&answer.suggestions[0]));
    }
}

#[test]
fn suggestions_can_be_answered_and_leave_out_what_was_asked() {
    let report = report();
    let suggestions = suggestions(&report);
    assert!(suggestions.len() >= 6, "{suggestions:?}");
    for suggestion in &suggestions {
        let answer = answer(&report, suggestion);
        assert!(!answer.citations.is_empty(), "{suggestion}: {}", answer.text);
        assert!(!answer.suggestions.contains(suggestion));
    }
}

#[test]
fn a_report_without_findings_is_answered_without_inventing_any() {
    let report = clear();
    let answer = answer(&report, "What is the root cause?");
    assert!(answer.citations.is_empty() && !answer.text.contains("disk"), "{}", answer.text);
    assert_eq!(suggestions(&report).len(), 2);
    assert!(super::answer(&report, "Is anything wrong in these logs?").text.contains("departs from normal work"));
}
