//! Reads Python tracebacks: the frames, the exceptions, the chain.

/// A frame of a traceback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The file from the package on: `nova/compute/manager.py`.
    pub file: &'a str,
    /// The line in it.
    pub line: u32,
    /// The function.
    pub function: &'a str,
}

/// A traceback, or one link of a chain of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traceback<'a> {
    /// The frames, the innermost last.
    pub frames: Vec<Frame<'a>>,
    /// The exception's class without its module: `NoValidHost`; empty where the log was cut.
    pub exception: &'a str,
    /// What the exception says, its first line.
    pub message: &'a str,
}

/// Reads all tracebacks of a message, in the order in which they stand: of a chain the first is the innermost cause. The frames of a
/// remote traceback, which RPC carries in the exception's text, are a traceback of their own.
#[must_use]
pub fn read(message: &str) -> Vec<Traceback<'_>> {
    let mut found: Vec<Traceback> = Vec::new();
    let mut open = false;
    for line in message.lines() {
        let text = line.trim_start().trim_start_matches("u'").trim_start_matches(['\'', '"', '[']);
        if text.starts_with("Traceback (most recent call last)") {
            found.push(Traceback::default());
            open = true;
        } else if let (true, Some(last)) = (open, found.last_mut()) {
            if let Some(frame) = frame(text) {
                last.frames.push(frame);
            } else if let Some((exception, said)) = exception(line) {
                (last.exception, last.message) = (exception, said);
                open = false;
            }
        }
    }
    found.retain(|t| !t.frames.is_empty() || !t.exception.is_empty());
    found
}

/// Reads `File "/usr/lib/python3/dist-packages/nova/x.py", line 12, in f`.
fn frame(text: &str) -> Option<Frame<'_>> {
    let (path, rest) = text.strip_prefix("File \"")?.split_once("\", line ")?;
    let (line, function) = rest.split_once(", in ").unwrap_or((rest, ""));
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let function = function.trim_end().split("\\n").next().unwrap_or_default();
    Some(Frame { file: package(path), line: line[..digits].parse().ok()?, function })
}

/// A path from the package on: what follows the last `site-packages`, `dist-packages`, or a Python version's folder.
fn package(path: &str) -> &str {
    for folder in ["site-packages/", "dist-packages/", "/lib/python3/", "/src/", "/opt/stack/"] {
        if let Some((_, file)) = path.rsplit_once(folder) {
            return file;
        }
    }
    // The standard library: `/usr/lib/python3.10/threading.py`.
    match path.find("/python").and_then(|at| path[at + 1..].find('/').map(|n| at + n + 2)) {
        Some(at) => &path[at..],
        None => path.trim_start_matches('/'),
    }
}

/// Reads `nova.exception.NoValidHost: No valid host was found.` at the start of a line.
fn exception(line: &str) -> Option<(&str, &str)> {
    if line.starts_with([' ', '\t']) || line.is_empty() {
        return None;
    }
    let (name, said) = line.split_once(':').unwrap_or((line, ""));
    let name = name.trim();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')) {
        return None;
    }
    Some((name.rsplit('.').next().unwrap_or(name), said.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAIN: &str = "\
Failed to allocate: boom
Traceback (most recent call last):
  File \"/usr/lib/python3/dist-packages/nova/network/neutron.py\", line 12, in allocate
    self.client.create()
  File \"/usr/lib/python3.10/threading.py\", line 5, in run
    x: 1
neutronclient.common.exceptions.Conflict: Port in use.

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File \"/var/lib/kolla/venv/lib/python3.9/site-packages/nova/compute/manager.py\", line 2600, in _build
    raise exception.Boom()
nova.exception.Boom
";

    #[test]
    fn reads_a_chain() {
        let found = read(CHAIN);
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0].frames,
            [
                Frame { file: "nova/network/neutron.py", line: 12, function: "allocate" },
                Frame { file: "threading.py", line: 5, function: "run" }
            ]
        );
        assert_eq!((found[0].exception, found[0].message), ("Conflict", "Port in use."));
        assert_eq!((found[1].exception, found[1].message), ("Boom", ""));
        assert_eq!(found[1].frames[0].file, "nova/compute/manager.py");
    }

    #[test]
    fn a_cut_traceback_keeps_its_frames() {
        let cut = CHAIN.split("neutronclient").next().expect("a part");
        let found = read(cut);
        assert_eq!((found.len(), found[0].frames.len(), found[0].exception), (1, 2, ""));
        assert_eq!(read("no traceback\nat all: here"), []);
    }
}
