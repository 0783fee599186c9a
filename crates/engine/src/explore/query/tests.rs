use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

fn canonical(text: &str) -> String {
    Query::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).to_string()
}

#[test]
fn terms_are_read_and_written_back() {
    for (text, expected) in [
        ("", ""),
        ("  time  out ", "time out"),
        (r#""time  out" -"a \"b\\c""#, r#""time  out" -"a \"b\\c""#),
        (r#""a\"b""#, r#"a"b"#),
        ("/no valid host/ /No/c -/x\\/y/", "/no valid host/ /No/c -/x\\/y/"),
        ("/var/log/nova x", "\"/var/log/nova\" x"),
        ("level:ERROR,critical", "level:error,critical"),
        ("level:>=warning -level:<info", "level:warning,error,critical -level:unknown,trace,debug"),
        ("service:nova-*,\"a, b\"", "service:nova-*,\"a, b\""),
        ("host:\"\" host:\"a*\"", "host:\"\" host:\"a*\""),
        ("template:12,7 pid:1", "template:12,7 pid:1"),
        ("time:2025-01-01T10:00..2025-01-01T11:00", "time:2025-01-01T10:00:00..2025-01-01T11:00:00"),
        ("time:2025-01-01", "time:2025-01-01T00:00:00..2025-01-02T00:00:00"),
        ("time:2025-01-01T10:00", "time:2025-01-01T10:00:00..2025-01-01T10:01:00"),
        ("time:1735689600000..", "time:2025-01-01T00:00:00.."),
        ("time:\"..2025-01-01 10:00:00.5\"", "time:..2025-01-01T10:00:00.500"),
        ("importance:>0.9 -importance:<=0.25", "importance:>0.9 -importance:<=0.25"),
        ("http://10.0.0.1/v3 Error: x error: 10:00:01", "http://10.0.0.1/v3 Error: x error: 10:00:01"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
        assert_eq!(canonical(expected), expected);
    }
}

#[test]
fn faults_are_told_with_place_and_remedy() {
    for (text, position, reason, remedy) in [
        ("service:a \"b", 11, "an unclosed quote", "close it"),
        ("a /b c", 3, "an unclosed /", "close it"),
        ("/a(/", 1, "does not compile", "correct the expression"),
        ("x - y", 3, "a - with nothing behind it", "write what to leave out"),
        ("levl:error", 1, "an unknown field levl", "the fields are level"),
        ("level:loud", 7, "an unknown level loud", "levels are"),
        ("level:>critical", 15, "a level that no record can have", "levels are"),
        ("service:a,,b", 11, "a missing value", "on each side of a comma"),
        ("service:\"a\"b", 12, "text right behind a quote", "a space or a comma"),
        ("template:x", 10, "x, which is no number", "without a sign"),
        ("time:yesterday", 6, "yesterday, which is no time", "write 2025-01-01"),
        ("importance:0.9", 12, "0.9, which is no bound", "write >0.9"),
        ("\"\"", 1, "quotes with nothing", "between them"),
    ] {
        let error = Query::parse(text).expect_err(text);
        let told = error.to_string();
        assert!(told.contains(reason) && told.ends_with(&format!("at {position} of the query")), "{text}: {told}");
        assert!(error.hint().contains(remedy) && error.code() == "query" && error.is_users(), "{text}: {}", error.hint());
    }
}

#[test]
fn any_text_is_read_or_refused_and_what_is_read_is_written_back_the_same() {
    const PARTS: [&str; 34] = [
        "level:",
        "service:",
        "file:",
        "time:",
        "importance:",
        "template:",
        "error",
        "warning",
        ">=",
        "<",
        "2025-01-01",
        "T10:00",
        "..",
        ",",
        "\"",
        "\\",
        "/",
        "/c",
        "-",
        " ",
        "*",
        "a",
        "Ü",
        ":",
        "0.5",
        "12",
        "(",
        "[^ ]+",
        "\u{a0}",
        "=",
        "\n",
        "1735689600000",
        "9999-12-31",
        "pid:",
    ];
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut read = 0;
    for _ in 0..100_000 {
        let parts = random.random_range(1..9);
        let text: String = (0..parts).map(|_| PARTS[random.random_range(0..PARTS.len())]).collect();
        let Ok(query) = Query::parse(&text) else { continue };
        let written = query.to_string();
        assert_eq!(Query::parse(&written).ok(), Some(query), "{text:?} is written {written:?}");
        read += 1;
    }
    assert!(read > 10_000, "{read}");
}

#[test]
fn stars_stand_for_anything() {
    for (pattern, name, matches) in [
        ("nova-*", "Nova-Compute", true),
        ("*api*", "nova-api-wsgi", true),
        ("a*b*c", "a-b-b-c", true),
        ("a*b*c", "a-c-b", false),
        ("*", "", true),
        ("nova", "nova-api", false),
        ("**a", "ba", true),
    ] {
        assert_eq!(Pattern { text: pattern.into(), wild: pattern.contains('*') }.matches(name), matches, "{pattern} {name}");
    }
}
