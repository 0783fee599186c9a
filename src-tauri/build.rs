//! Lets Tauri read its configuration, and makes sure that there is a front end to embed.

use std::{fs, io, path::Path};

/// What a window shows that was compiled before the front end was built.
const NOT_BUILT: &str = "<!doctype html><title>OpenStack RCA</title><p>The front end was not built. Run: cargo xtask run\n";

fn main() -> io::Result<()> {
    let page = Path::new("../ui/dist/index.html");
    // Without a page the macro that embeds the front end panics, and not even the tests would compile.
    if !page.exists() {
        fs::create_dir_all("../ui/dist")?;
        fs::write(page, NOT_BUILT)?;
    }
    tauri_build::build();
    Ok(())
}
