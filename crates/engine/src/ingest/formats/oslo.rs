//! oslo.log, in its three generations (`oslo_log/_options.py`):
//! `… 123 INFO nova.compute.manager [req-X user project - - -] [instance: U] text` until 2018, with five ids until Zed, and
//! `[<global|None> req-X user project domain scope user_domain project_domain]` since 4.8.0. The lines of a traceback repeat the
//! header without a context.

use super::{Header, level, word};
use crate::ingest::time::Stamp;

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let text = rest.strip_prefix(b" ")?;
    let (pid, text) = word(text)?;
    let pid = pid.parse().ok()?;
    let (name, text) = word(text)?;
    // MariaDB writes its level in brackets at the same place.
    let level = level(name.as_bytes()).filter(|_| name.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let end = memchr::memchr(b' ', text).unwrap_or(text.len());
    let logger = str::from_utf8(&text[..end]).ok().filter(|l| !l.starts_with('['))?;
    let text = text.get(end + 1..).unwrap_or_default();
    let mut header = Header { pid, level, logger, ..Header::at(stamp) };
    let text = instance(context(text, &mut header), &mut header);
    header.body = rest.len() - text.len();
    Some(header)
}

/// Reads `[…]` where it is a context: `[-]`, or ids.
fn context<'a>(text: &'a [u8], header: &mut Header<'a>) -> &'a [u8] {
    let Some(inside) = text.strip_prefix(b"[") else { return text };
    let Some(end) = memchr::memchr(b']', inside) else { return text };
    let Ok(ids) = str::from_utf8(&inside[..end]) else { return text };
    let mut ids = ids.split(' ');
    let (first, second) = (ids.next().unwrap_or_default(), ids.next().unwrap_or_default());
    match (first, second) {
        ("-", "") => {}
        (global, request) if request.starts_with("req-") => {
            header.global_request = if global == "None" { "" } else { global };
            header.request = request;
        }
        (request, _) if request.starts_with("req-") => header.request = request,
        ("None" | "-", _) => {}
        _ => return text,
    }
    header.context = true;
    let text = &inside[end + 1..];
    text.strip_prefix(b" ").unwrap_or(text)
}

/// Reads `[instance: UUID] `, which stands before the message and before each line of a traceback.
fn instance<'a>(text: &'a [u8], header: &mut Header<'a>) -> &'a [u8] {
    let Some(inside) = text.strip_prefix(b"[instance: ") else { return text };
    let Some(end) = memchr::memchr(b']', inside) else { return text };
    let Ok(uuid) = str::from_utf8(&inside[..end]) else { return text };
    header.instance = uuid;
    let text = &inside[end + 1..];
    text.strip_prefix(b" ").unwrap_or(text)
}
