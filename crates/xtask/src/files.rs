//! The files of the tree: what is committed or could be, never what is built or installed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Folders that hold what is built or installed; asked only where there is no git.
const BUILT: [&str; 4] = ["target", "node_modules", "dist", ".git"];

/// All files of the tree, relative to its root, with `/` between the parts, sorted.
#[must_use]
pub fn list(root: &Path) -> Vec<String> {
    let mut files = from_git(root).unwrap_or_else(|| walk(root));
    files.retain(|file| root.join(file).is_file());
    files.sort_unstable();
    files.dedup();
    files
}

/// Whether the file lies in one of the folders or is one of the files named. An empty list names every file.
#[must_use]
pub fn within(file: &str, paths: &[&str]) -> bool {
    paths.is_empty()
        || paths.iter().any(|path| file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

fn from_git(root: &Path) -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root).stderr(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.split('\0').filter(|file| !file.is_empty()).map(str::to_owned).collect())
}

/// The same without git, as in an unpacked archive.
fn walk(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let path = folder.join(&name);
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !BUILT.iter().any(|built| name == *built) => folders.push(path),
                Ok(kind) if kind.is_file() => files.push(path.to_string_lossy().replace('\\', "/")),
                _ => {}
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_and_the_walk_agree_on_this_crate() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let listed = list(root);
        assert!(listed.contains(&"src/main.rs".to_owned()), "{listed:?}");
        let mut walked = walk(root);
        walked.sort_unstable();
        assert_eq!(listed, walked);
    }

    #[test]
    fn a_path_is_within_whole_folders_only() {
        assert!(within("ui/src/a.ts", &["crates", "ui"]));
        assert!(within("Cargo.toml", &["Cargo.toml"]));
        assert!(!within("ui-old/a.ts", &["ui"]));
        assert!(within("anything", &[]));
    }
}
