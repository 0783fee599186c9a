//! Writing files so that a reader sees the old content or the new, and never a part of it.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::Error;

/// Replaces a file's content at once: a temporary file beside it is written, synced and renamed.
///
/// Folders that are missing are made. A symbolic link is followed, and the permissions of a file that is there are kept.
/// What is not a regular file, such as a pipe, is written to directly.
///
/// # Errors
/// An I/O error naming the path; the old content is then still there.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    write_with(path, |out| out.write_all(content))
}

/// Replaces a file's content at once, as [`write()`] does, by what `fill` writes bit by bit.
///
/// # Errors
/// Those of `fill`, and as [`write()`].
pub fn write_with(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    replace(path, fill).map_err(Error::io(path))
}

fn replace(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut out = BufWriter::new(File::options().write(true).open(&target)?);
        return fill(&mut out).and_then(|()| out.flush());
    }
    let folder = parent(&target);
    fs::create_dir_all(&folder)?;
    let mut fresh = builder().tempfile_in(&folder)?;
    let mut out = BufWriter::new(&mut fresh);
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(old) = old {
        fresh.as_file().set_permissions(old.permissions())?;
    }
    fresh.as_file().sync_all()?;
    fresh.persist(&target).map_err(|error| error.error)?;
    sync_folder(&folder)
}

/// Makes a folder at once: `fill` writes into a temporary folder beside it, which is then renamed, replacing an older one.
///
/// # Errors
/// The first one of `fill`, or an I/O error naming the path; an older folder is then still there.
pub fn write_folder(path: &Path, fill: impl FnOnce(&Path) -> Result<(), Error>) -> Result<(), Error> {
    let folder = parent(path);
    fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    let staging = tempfile::Builder::new().prefix(".writing-").tempdir_in(&folder).map_err(Error::io(&folder))?;
    let new = staging.path().join("new");
    fs::create_dir(&new).map_err(Error::io(&new))?;
    fill(&new)?;
    if path.exists() {
        fs::rename(path, staging.path().join("old")).map_err(Error::io(path))?;
    }
    fs::rename(&new, path).map_err(Error::io(path))?;
    sync_folder(&folder).map_err(Error::io(folder))
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// A temporary file that, unlike tempfile's own, becomes as readable as any new file.
#[cfg(unix)]
fn builder() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder.permissions(fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn builder() -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}

/// Makes a rename last through a power failure, where the system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_content_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/file.txt");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_path_below_a_file_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "x").unwrap();
        let path = folder.path().join("file/below");
        let error = write(&path, b"one").unwrap_err();
        assert!(error.to_string().contains("file/below"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn follows_a_link_and_keeps_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_folder_that_could_not_be_filled_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sample");
        write_folder(&path, |new| write(&new.join("log"), b"whole")).unwrap();
        let failed = write_folder(&path, |new| {
            write(&new.join("log"), b"half")?;
            Err(Error::NoSample("x".into()))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(path.join("log")).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
