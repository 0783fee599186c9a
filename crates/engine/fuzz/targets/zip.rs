#![no_main]

#[path = "../../tests/corpus/containers.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::zip(data));
