//! Rules of the front end.

use super::{File, Finding, Rule, source::line_of};

pub const RULES: &[Rule] = &[
    Rule {
        name: "only ui/src/lib/api.ts imports @tauri-apps",
        reason: "the rest of the front end must run without a window, as in its tests",
        find: |files| imports(files, |file| !is_api(file), |from| from.starts_with("@tauri-apps")),
    },
    Rule {
        name: "components import neither state nor api nor views",
        reason: "a component knows no domain, and can be used on every screen",
        find: |files| imports(files, |file| file.is_in("ui/src/components/"), is_domain),
    },
    Rule {
        name: "only tokens.css has raw colours",
        reason: "light and dark are two sets of tokens, and a raw colour is right in one of them at most",
        find: |files| files.iter().filter(|file| is_drawn(file)).flat_map(colours).collect(),
    },
];

fn is_api(file: &File) -> bool {
    ["ui/src/lib/api.ts", "ui/src/lib/api.test.ts"].contains(&file.path.as_str())
}

fn is_domain(from: &str) -> bool {
    let parts: Vec<_> = from.split('/').map(|part| part.split('.').next().unwrap_or_default()).collect();
    parts.iter().any(|part| ["state", "views"].contains(part)) || parts.last() == Some(&"api")
}

fn is_drawn(file: &File) -> bool {
    file.is_in("ui/src/")
        && file.ends(&["css", "svelte", "ts"])
        && !file.path.ends_with("tokens.css")
        && !file.path.ends_with(".test.ts")
}

fn imports(files: &[File], of: impl Fn(&File) -> bool, bad: impl Fn(&str) -> bool) -> Vec<Finding> {
    let sources = files.iter().filter(|file| file.is_in("ui/src/") && file.ends(&["ts", "svelte"]) && of(file));
    let found = sources.flat_map(|file| {
        let all = imported(&file.code).into_iter().filter(|(_, from)| bad(from));
        all.map(|(at, from)| Finding::new(file, line_of(&file.code, at), format!("\"{from}\" is imported"))).collect::<Vec<_>>()
    });
    found.collect()
}

/// What the code imports, and where: every string after `from`, `import` or `import(`.
fn imported(code: &str) -> Vec<(usize, &str)> {
    let quotes = code.char_indices().filter(|(_, c)| ['"', '\''].contains(c));
    let string = |(at, quote): (usize, char)| {
        let before = code[..at].trim_end().trim_end_matches('(').trim_end();
        let rest = &code[at + 1..];
        let is_import = before.ends_with("from") || before.ends_with("import");
        is_import.then(|| (at, &rest[..rest.find(quote).unwrap_or(rest.len())]))
    };
    quotes.filter_map(string).collect()
}

fn colours(file: &File) -> Vec<Finding> {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab("];
    let calls = functions.iter().flat_map(|call| file.code.match_indices(call)).map(|(at, call)| (at, call.to_owned()));
    let own_word = |at: usize| !file.code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    let hashes = file.code.match_indices('#').filter_map(|(at, _)| Some((at, hex(&file.code, at, file.ends(&["ts"]))?)));
    let all = calls.filter(|(at, _)| own_word(*at)).chain(hashes);
    all.map(|(at, what)| Finding::new(file, line_of(&file.code, at), format!("the colour `{what}` is written"))).collect()
}

/// The colour that a `#` begins, if it begins one.
///
/// In TypeScript it must be at the start of a string, since `#` begins the name of a private field as well.
fn hex(code: &str, at: usize, script: bool) -> Option<String> {
    let before = code[..at].chars().next_back();
    let can_begin = |c: char| if script { "\"'`".contains(c) } else { "\"'`:(, \n".contains(c) };
    let rest = &code[at + 1..];
    let digits = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len())];
    let colour = [3, 4, 6, 8].contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit());
    (colour && before.is_some_and(can_begin)).then(|| format!("#{digits}"))
}
