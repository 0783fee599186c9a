//! Lets Tauri read its configuration, and makes sure that there is a front end to embed.

use std::{env, fs, io, path::Path, process::Command};

/// What a window shows that was compiled before the front end was built.
const NOT_BUILT: &str = "<!doctype html><title>OpenStack RCA</title><p>The front end was not built. Run: cargo xtask run\n";

fn main() -> io::Result<()> {
    let page = Path::new("../ui/dist/index.html");
    // Without a page the macro that embeds the front end panics, and not even the tests would compile.
    if !page.exists() {
        fs::create_dir_all("../ui/dist")?;
        fs::write(page, NOT_BUILT)?;
    }
    println!("cargo:rustc-env=TARGET={}", env::var("TARGET").unwrap_or_default());
    // A program under development would be linked again with each commit.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        revision();
    }
    tauri_build::build();
    Ok(())
}

/// Tells the revision, where the program is built from a clone. The same revision gives the same program, so no date is told.
fn revision() {
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    if let Some(revision) = git(&["describe", "--always", "--dirty", "--exclude=*", "--abbrev=12"]) {
        println!("cargo:rustc-env=BUILD_REVISION={revision}");
    }
    // The log of HEAD grows with each commit and checkout.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={log}");
    }
}
