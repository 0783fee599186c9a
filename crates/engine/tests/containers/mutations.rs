//! Archives with bytes changed and ends cut off, as the fuzz targets try them for longer.

use super::*;

#[path = "../corpus/containers.rs"]
mod checks;

/// A small archive of each form.
fn seeds(form: &str) -> Vec<u8> {
    let text = lines(0, 3);
    let members = [("var/log/a.log", text.as_bytes()), ("hostname", b"c1\n"), ("b.log.gz", &gz(text.as_bytes()))];
    let archive = tar(&members);
    match form {
        "tar" => archive,
        "zip" => zip(&members),
        "gz" => gz(&archive),
        "bz2" => bz2(&archive),
        "xz" => xz(&archive),
        "zst" => zst(&archive),
        _ => br#"{"made":null,"members":[{"path":"","size":1,"modified":null}],"facts":[],"skipped":[]}"#.to_vec(),
    }
}

#[test]
fn no_change_of_an_archive_does_harm() {
    for (form, check) in checks::ALL {
        let seed = seeds(form);
        let step = (seed.len() / 150).max(1);
        for at in (0..seed.len()).step_by(step) {
            let mut changed = seed.clone();
            changed[at] ^= 1 << (at % 8);
            check(&changed);
            changed[at] = 0xff;
            check(&changed);
            check(&seed[..at]);
        }
    }
}
