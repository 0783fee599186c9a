//! Files that are mapped, and outlive being cut short.
//!
//! Where a page of a map is read that the file does not hold any more, systems other than Windows send a signal that ends the program;
//! Windows refuses to cut such a file. Logs are cut short while they are read wherever logrotate's `copytruncate` runs. So the handler
//! here puts zeros in the place of the pages that are gone, and the reader goes on: what is lost reads like the hole that such a log
//! has anyway.

use std::{fs::File, io, ops::Deref};

use memmap2::Mmap;

#[cfg(unix)]
mod guard;

/// The bytes of a file as it was when it was mapped; those that it lost since are zeros, or what was written in their place.
#[derive(Debug)]
pub struct Mapped {
    // Dropped before the map: what lies there afterwards is somebody else's.
    #[cfg(unix)]
    _guarded: guard::Guarded,
    map: Mmap,
}

impl Mapped {
    /// Maps a file.
    ///
    /// # Errors
    /// Where the system cannot.
    #[expect(unsafe_code, reason = "mapping is the only way to read gigabytes without copying them")]
    pub fn new(file: &File) -> io::Result<Self> {
        // SAFETY: the map is read-only and treated as bytes that can be anything and can change; the guard answers for those that go.
        let map = unsafe { Mmap::map(file)? };
        Ok(Self {
            #[cfg(unix)]
            _guarded: guard::Guarded::new(map.as_ptr() as usize, map.len()),
            map,
        })
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.map
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{fs, thread};

    use tempfile::TempDir;

    use super::*;

    const SIZE: usize = 4 << 20;

    fn mapped(folder: &TempDir, name: &str) -> (File, Mapped) {
        let path = folder.path().join(name);
        fs::write(&path, vec![b'x'; SIZE]).unwrap();
        let file = File::options().read(true).write(true).open(path).unwrap();
        let map = Mapped::new(&file).unwrap();
        (file, map)
    }

    #[test]
    fn what_a_file_loses_while_it_is_mapped_reads_as_zeros() {
        let folder = TempDir::new().unwrap();
        let ((file, map), (_, other)) = (mapped(&folder, "a.log"), mapped(&folder, "b.log"));
        file.set_len(10).unwrap();
        assert_eq!(map.len(), SIZE);
        assert_eq!((&map[..11], map[SIZE - 1], map[SIZE / 2]), (&b"xxxxxxxxxx\0"[..], 0, 0));
        assert!(other.iter().all(|b| *b == b'x'), "another file is as it was");
        drop(map);
        let (file, map) = mapped(&folder, "a.log");
        file.set_len(0).unwrap();
        assert!(map.iter().all(|b| *b == 0));
    }

    #[test]
    fn many_readers_outlive_files_that_are_cut_short_again_and_again() {
        let folder = TempDir::new().unwrap();
        for _ in 0..20 {
            let maps: Vec<_> = ["a.log", "b.log", "c.log"].iter().map(|name| mapped(&folder, name)).collect();
            thread::scope(|scope| {
                for (file, map) in &maps {
                    for _ in 0..2 {
                        scope.spawn(|| assert!(map.iter().all(|b| matches!(b, b'x' | 0))));
                    }
                    scope.spawn(|| file.set_len(0).unwrap());
                }
            });
        }
    }
}
