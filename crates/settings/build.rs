//! Embeds the model that ships: every regular file of `models/default`, as a table of names and contents.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let folder = models.join("default");
    println!("cargo:rerun-if-changed=build.rs");
    // The folder above is always there; one that is missing would make cargo build this crate each time.
    println!("cargo:rerun-if-changed={}", models.display());
    let mut table = String::from("&[\n");
    if folder.is_dir() {
        for (name, path) in files(&folder)? {
            writeln!(table, "    ({name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
        }
    }
    table.push_str("]\n");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo did not set OUT_DIR"))?;
    fs::write(Path::new(&out).join("default_model.rs"), table)
}

/// Names and absolute paths of the folder's regular files, by name; hidden files are not the model's.
fn files(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && !name.starts_with('.') {
            files.push((name, entry.path().canonicalize()?.to_string_lossy().into_owned()));
        }
    }
    files.sort();
    Ok(files)
}
