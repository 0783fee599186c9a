//! Writes the samples that are committed under `sample_logs`: `cargo run -p simulate --example samples`.

use std::{error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample_logs");
    for sample in simulate::samples() {
        let out = folder.join(&sample.id);
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        simulate::write_sample(&sample.id, &out)?;
    }
    Ok(())
}
