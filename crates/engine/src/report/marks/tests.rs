//! Marks on a small report.

use super::*;
use crate::report::fixture::report;

fn mark(key: &str, stance: Stance, note: &str) -> Mark {
    Mark { key: key.into(), stance, note: note.into() }
}

fn ranks(marked: &Marked) -> Vec<u32> {
    marked.causes.iter().map(|cause| cause.rank).collect()
}

fn ids(marked: &Marked) -> Vec<&str> {
    marked.evidence.iter().map(|piece| piece.id.as_str()).collect()
}

/// A record that is not in the report.
fn other(line: u32) -> Evidence {
    Evidence { line, end_line: line, message: format!("Something else in line {line}"), ..report().evidence[0].clone() }
}

#[test]
fn without_marks_the_report_is_as_it_was() {
    let report = report();
    let marked = marked(&report, &Marks::default());
    assert_eq!((ranks(&marked), ids(&marked)), (vec![1, 2, 3], vec!["E1", "E2", "E3"]));
    assert!(!marked.is_marked(&report) && marked.dismissed_causes(&report).count() == 0);
}

#[test]
fn what_is_pinned_comes_first_in_the_readers_order_and_what_is_dismissed_last() {
    let report = report();
    let keys: Vec<String> = report.evidence.iter().map(evidence_key).collect();
    let causes = vec![mark(&cause_keys(&report)[0], Stance::Dismissed, "a red herring")];
    let evidence = vec![
        mark(&keys[2], Stance::Pinned, ""),
        mark(&keys[1], Stance::Pinned, "see\nbelow"),
        mark(&keys[0], Stance::Dismissed, ""),
    ];
    let marked = marked(&report, &Marks { causes, evidence, ..Marks::default() });
    assert_eq!((ranks(&marked), ids(&marked)), (vec![2, 3, 1], vec!["E3", "E2", "E1"]));
    assert!(marked.is_marked(&report));
    let shown: Vec<(&str, &str)> =
        marked.evidence(&report).map(|(mark, piece)| (piece.id.as_str(), mark.note.as_str())).collect();
    assert_eq!(shown, [("E3", ""), ("E2", "see\nbelow")]);
    let dismissed: Vec<u32> = marked.dismissed_causes(&report).map(|(_, cause)| cause.rank).collect();
    assert_eq!(dismissed, [1]);
}

#[test]
fn marks_survive_an_analysis_that_numbers_everything_anew() {
    let old = report();
    let keys = (evidence_key(&old.evidence[1]), cause_keys(&old)[1].clone());
    let marks = Marks {
        evidence: vec![mark(&keys.0, Stance::Pinned, "this one")],
        causes: vec![mark(&keys.1, Stance::Pinned, "")],
        order: vec![keys.1.clone()],
        ..Marks::default()
    };
    let mut new = report();
    new.evidence.reverse();
    new.causes.reverse();
    for (n, piece) in new.evidence.iter_mut().enumerate() {
        piece.id = format!("E{}", n + 1);
        piece.importance /= 2.0;
        piece.why = "Another reason.".into();
    }
    for (n, cause) in new.causes.iter_mut().enumerate() {
        cause.rank = n as u32 + 1;
        cause.confidence /= 2.0;
        for id in &mut cause.evidence {
            *id = format!("E{}", 4 - id[1..].parse::<u32>().unwrap());
        }
    }
    let marked = marked(&new, &marks);
    let (piece, cause) = (marked.evidence(&new).next().unwrap(), marked.causes(&new).next().unwrap());
    assert_eq!((piece.1.line, piece.0.note.as_str()), (old.evidence[1].line, "this one"));
    assert_eq!((cause.0.key.as_str(), cause.0.stance), (keys.1.as_str(), Stance::Pinned));
}

#[test]
fn a_record_that_says_something_else_has_lost_its_mark() {
    let mut report = report();
    let marks = Marks { evidence: vec![mark(&evidence_key(&report.evidence[0]), Stance::Dismissed, "")], ..Marks::default() };
    report.evidence[0].message.push('!');
    assert_eq!(marked(&report, &marks).dismissed_evidence(&report).count(), 0);
}

#[test]
fn what_was_never_put_in_order_follows_the_one_before_it() {
    let keys = ["a", "b", "c", "d"].map(str::to_owned);
    for (order, expected) in [
        (&[][..], [0, 1, 2, 3]),
        (&["c", "a"], [2, 3, 0, 1]),
        (&["gone", "d", "d", "b"], [0, 3, 1, 2]),
        (&["d", "c", "b", "a"], [3, 2, 1, 0]),
    ] {
        let order: Vec<String> = order.iter().map(|key| (*key).to_owned()).collect();
        assert_eq!(arranged(&keys, &order), expected, "{order:?}");
    }
}

#[test]
fn causes_of_one_kind_have_keys_of_their_own() {
    let mut report = report();
    report.causes[1].signature = report.causes[0].signature.clone();
    let keys = cause_keys(&report);
    assert_eq!(keys[1], format!("{} (2)", keys[0]));
    assert!(keys[2].starts_with("service "), "{keys:?}");
}

#[test]
fn own_evidence_is_pinned_and_stands_back_where_the_report_has_it() {
    let mut report = report();
    let marks = Marks { own: vec![other(7), other(8)], ..Marks::default() };
    let marked_ = marked(&report, &marks);
    assert_eq!(ids(&marked_), ["U1", "U2", "E1", "E2", "E3"]);
    assert_eq!(marked_.evidence(&report).next().unwrap().1.message, "Something else in line 7");
    report.evidence.push(Evidence { id: "E4".into(), ..other(7) });
    let marked_ = marked(&report, &marks);
    assert_eq!((ids(&marked_), marked_.own.len()), (vec!["E4", "U1", "E1", "E2", "E3"], 1));
    let dismissed = vec![mark(&evidence_key(&other(8)), Stance::Dismissed, "")];
    assert_eq!(ids(&marked(&report, &Marks { evidence: dismissed, ..marks })), ["E4", "E1", "E2", "E3", "U1"]);
}
