//! The page of a small report, and of one in which every text is hostile.

use rand::{Rng, SeedableRng};

use super::*;
use crate::report::{
    fixture::report,
    marks::{self, Mark, Marks, Stance, cause_keys, evidence_key},
};

fn page(report: &Report, marks: &Marks) -> String {
    write(report, &marks::marked(report, marks))
}

/// The elements of a page that is well formed: every one that is opened is closed, in order. Gives the names and the text between.
fn parsed(page: &str) -> (Vec<String>, String) {
    let void = ["meta", "line", "rect", "circle", "polyline", "!doctype", "br"];
    let (mut names, mut text, mut open) = (Vec::new(), String::new(), Vec::new());
    let body = page.split_once("<style>").unwrap();
    let rest = body.1.split_once("</style>").unwrap().1;
    for part in [body.0, rest] {
        let mut pieces = part.split('<');
        text.push_str(pieces.next().unwrap());
        for piece in pieces {
            let (tag, after) = piece.split_once('>').unwrap_or_else(|| panic!("<{piece} is not closed"));
            text.push_str(after);
            assert!(!after.contains('>'), "a bare > in {after}");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name), "{tag}");
                continue;
            }
            let name = tag.split(|c: char| !c.is_alphanumeric() && c != '!').next().unwrap().to_owned();
            assert!(tag.matches('"').count() % 2 == 0 && (name == "meta" || !tag.contains('\'')), "{tag}");
            if !void.contains(&name.as_str()) {
                open.push(name.clone());
            }
            names.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} are never closed");
    (names, text)
}

#[test]
fn the_page_holds_all_parts_and_nothing_from_elsewhere() {
    let page = page(&report(), &Marks::default());
    let (names, text) = parsed(&page);
    for part in [
        "No compute host has enough free memory",
        "82 % confidence",
        "instances do not start",
        "What happened",
        "nova/scheduler/manager.py:204 in select_destinations",
        "Filter RamFilter returned 0 hosts",
        "nova/nova-conductor.log:812",
        "Traceback (most recent call last):",
        "Failing requests",
        "never answered",
        "openstack hypervisor stats show",
        "mariadb/mariadb.log:14",
        "Scored by the model default",
        "5,120 lines in 3 files",
    ] {
        assert!(text.contains(part), "{part} is missing");
    }
    for bad in ["script", "link", "img", "iframe", "object", "form"] {
        assert!(!names.iter().any(|name| name == bad), "<{bad}>");
    }
    assert_eq!(names.iter().filter(|name| *name == "article").count(), 3);
    for bad in ["http:", "https:", "url(", "@import", "src=", "javascript:"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("href=\"#E1\"") && page.contains("id=\"E1\"") && page.contains("prefers-color-scheme: dark"));
}

#[test]
fn the_readers_marks_are_kept() {
    let report = report();
    let keys: Vec<String> = report.evidence.iter().map(evidence_key).collect();
    let mark = |key: &str, stance, note: &str| Mark { key: key.into(), stance, note: note.into() };
    let marks = Marks {
        evidence: vec![mark(&keys[2], Stance::Pinned, "look\nhere <b>"), mark(&keys[0], Stance::Dismissed, "old news")],
        causes: vec![mark(&cause_keys(&report)[0], Stance::Dismissed, "")],
        ..Marks::default()
    };
    let page = page(&report, &marks);
    let (_, text) = parsed(&page);
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is missing"));
    assert!(place("mysql+pymysql") < place("Setting instance to ERROR state.: nova.exception"));
    assert!(page.contains("<h1>nova-conductor cannot schedule</h1>") && text.contains("30 % confidence"));
    assert!(page.contains("look\nhere &lt;b&gt;") && text.contains("Pinned"));
    let dismissed = &text[place("Dismissed by the reader")..];
    for part in ["Cause 1: No compute host has enough free memory", "Filter RamFilter returned 0 hosts", "old news"] {
        assert!(dismissed.contains(part), "{part}");
    }
    assert_eq!(page.matches("<article").count(), 2);
}

#[test]
fn clear_logs_make_a_short_page() {
    let report = Report { verdict: Verdict::Clear, causes: Vec::new(), evidence: Vec::new(), ..report() };
    let (names, text) = parsed(&page(&report, &Marks::default()));
    assert!(text.contains("All clear") && text.contains("Nothing departs from normal work"));
    assert!(!names.contains(&"article".to_owned()));
}

/// Pieces of what an attacker could write into a log.
const HOSTILE: [&str; 16] = [
    "<script>alert(1)</script>",
    "</pre></article></style></title>",
    "\"><img src=x onerror=alert(1)>",
    "' onload='x",
    "]]>",
    "<!--",
    "-->",
    "&lt;script&gt;",
    "&#60;",
    "\u{202e}\u{2066}gnp",
    "\0\u{1b}[31m\u{7}",
    "`<b>`",
    "**<i>**",
    "[E1](javascript:alert(1))",
    "```\n<p>",
    "\r\n# <h1>",
];

/// Replaces every text of a JSON value, but those that the contract fixes.
fn poison(value: &mut serde_json::Value, rng: &mut rand_chacha::ChaCha8Rng) {
    use serde_json::Value;
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, rng)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                let fixed = matches!(name.as_str(), "verdict" | "role" | "change")
                    || name == "source" && value.is_string()
                    || name == "id" && value.as_str().is_some_and(|id| id.contains('_'));
                if !fixed {
                    poison(value, rng);
                }
            }
        }
        Value::String(text) => {
            let parts = rng.random_range(1..4);
            *text = (0..parts).map(|_| HOSTILE[rng.random_range(0..HOSTILE.len())]).collect();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn text_from_logs_never_becomes_markup() {
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    let (allowed, _) = parsed(&page(&report(), &Marks::default()));
    for round in 0..300 {
        let mut value = serde_json::to_value(report()).unwrap();
        poison(&mut value, &mut rng);
        let hostile: Report = serde_json::from_value(value).unwrap();
        let note = HOSTILE[round % HOSTILE.len()];
        let marks = Marks {
            evidence: hostile
                .evidence
                .iter()
                .map(|piece| Mark { key: evidence_key(piece), stance: Stance::Pinned, note: note.into() })
                .collect(),
            own: hostile.evidence.iter().map(|piece| crate::report::Evidence { line: 9, ..piece.clone() }).collect(),
            ..Marks::default()
        };
        let page = page(&hostile, &marks);
        let (names, _) = parsed(&page);
        let more = ["ul", "ol", "li", "pre", "code", "strong", "em", "h3", "p", "small", "span", "details", "summary"];
        for name in &names {
            assert!(allowed.contains(name) || more.contains(&name.as_str()), "<{name}> in round {round}");
        }
        let bad = |c: char| {
            c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!page.contains(bad), "round {round}");
        // What stands between quotes is a value; a hostile text that ended one would show outside of them.
        let outside = |tag: &str, part: &str| {
            tag.split_once('>').is_some_and(|(tag, _)| tag.split('"').step_by(2).any(|outside| outside.contains(part)))
        };
        for part in ["onerror", "onload", "src", "alert", "javascript"] {
            assert!(!page.split('<').any(|tag| outside(tag, part)), "{part} in round {round}");
        }
        assert!(page.split("href=\"").skip(1).all(|value| value.starts_with('#')), "round {round}");
    }
}
