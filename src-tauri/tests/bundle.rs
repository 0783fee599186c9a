//! What is installed beside the program, as its configuration says.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// What the program opens, by the names that desktops have for it.
const KINDS: [&str; 14] = [
    "inode/directory",
    "text/x-log",
    "application/gzip",
    "application/x-bzip",
    "application/x-bzip2",
    "application/x-xz",
    "application/zstd",
    "application/x-tar",
    "application/x-compressed-tar",
    "application/x-bzip-compressed-tar",
    "application/x-bzip2-compressed-tar",
    "application/x-xz-compressed-tar",
    "application/x-zstd-compressed-tar",
    "application/zip",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn json(name: &str) -> Value {
    let text = fs::read_to_string(folder().join(name)).expect("the file is there");
    serde_json::from_str(&text).expect("it is JSON")
}

/// The values of a desktop entry.
fn entry(name: &str) -> impl Fn(&str) -> Option<String> {
    let text = fs::read_to_string(folder().join(name)).expect("the entry is there");
    move |key| text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=').map(str::to_owned))
}

#[test]
fn both_packages_install_both_entries() {
    let linux = &json("tauri.conf.json")["bundle"]["linux"];
    for package in ["deb", "rpm"] {
        assert_eq!(linux[package]["desktopTemplate"], "linux/entry.desktop", "{package}");
        let files = linux[package]["files"].as_object().expect("files");
        let (to, from) = files.iter().next().expect("an entry");
        assert_eq!(from, "linux/open-with.desktop", "{package}");
        // Desktops without a choice of the user's take the first by name.
        let name = to.strip_prefix("/usr/share/applications/").expect("where desktops look");
        for other in ["org.gnome.Nautilus.desktop", "thunar.desktop", "xarchiver.desktop", "yazi.desktop"] {
            assert!(name > other, "{name} comes before {other}");
        }
    }
}

#[test]
fn the_entry_in_the_menu_opens_what_is_dropped_on_it_and_nothing_by_default() {
    let value = entry("linux/entry.desktop");
    assert_eq!(value("Exec").as_deref(), Some("{{exec}} %F"));
    assert_eq!(value("Categories").as_deref(), Some("{{categories}}"));
    assert_eq!(value("MimeType"), None);
}

#[test]
fn the_entry_behind_it_opens_folders_and_archives_and_is_in_no_menu() {
    let value = entry("linux/open-with.desktop");
    let kinds = value("MimeType").expect("kinds of files");
    let kinds: BTreeSet<_> = kinds.split_terminator(';').collect();
    assert_eq!(kinds, BTreeSet::from(KINDS));
    assert_eq!(value("NoDisplay").as_deref(), Some("true"));
    let program = json("tauri.conf.json")["mainBinaryName"].as_str().map(|name| format!("{name} %F"));
    assert_eq!(value("Exec"), program);
}

#[test]
fn on_macos_it_is_an_alternative_for_folders_and_archives() {
    let macos = json("tauri.macos.conf.json");
    let kinds = macos["bundle"]["fileAssociations"].as_array().expect("kinds of files");
    assert!(kinds.iter().all(|kind| kind["rank"] == "Alternate" && kind["role"] == "Viewer"), "{kinds:?}");
    assert!(kinds.iter().any(|kind| kind["contentTypes"][0] == "public.folder"));
    assert!(json("tauri.conf.json")["bundle"].get("fileAssociations").is_none(), "an installer on Windows would take them all");
}

#[test]
fn the_page_may_listen_and_nothing_else() {
    let (window, conf) = (json("capabilities/window.json"), json("tauri.conf.json"));
    assert_eq!(window["permissions"], serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"]));
    assert_eq!(conf["app"]["security"]["capabilities"], serde_json::json!(["window"]));
    let policy = conf["app"]["security"]["csp"].as_object().expect("a policy");
    let remote =
        |(_, sources): (&String, &Value)| sources.as_str().is_none_or(|text| text.contains("https:") || text.contains('*'));
    assert!(!policy.iter().any(remote), "{policy:?}");
}

#[test]
fn the_window_is_not_seen_before_it_stands_where_it_stood() {
    let window = &json("tauri.conf.json")["app"]["windows"][0];
    assert_eq!((&window["width"], &window["height"]), (&1280.into(), &800.into()));
    assert_eq!(window["visible"], false);
}
