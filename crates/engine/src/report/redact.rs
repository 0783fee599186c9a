//! Takes secrets out of text that is to be published: passwords, tokens, keys, and URLs that hold a password.
//!
//! It works by form, so it may take away what is none, and may miss one of a form that it does not know: whoever publishes must look.

use std::{borrow::Cow, sync::LazyLock};

use regex::{Captures, Regex};

/// What stands where a secret was.
pub const REMOVED: &str = "<removed>";

/// A value: quoted, or up to where a word ends.
macro_rules! value {
    () => {
        r#"(?:u?"[^"\n]*"|u?'[^'\n]*'|(?:\{[A-Z0-9]+\})?[^\s,;&'"\]})]+)"#
    };
}

/// The forms of secrets, the widest first. The group `keep` stays in front of what is removed.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // A private key, to its end or to the end of the text.
        r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)",
        // A URL with a password: of a database, of a message queue.
        r#"(?P<keep>\b[a-zA-Z][a-zA-Z0-9+.-]*://)[^\s/'"<>@:]*:[^\s'"<>]*@[^\s'"<>]*"#,
        // A header of HTTP.
        concat!(
            r#"(?i)(?P<keep>\b(?:x-[a-z-]*(?:token|key|secret)|(?:proxy-)?authorization|(?:set-)?cookie)['"]?\s*[:=]\s*)"#,
            r"(?:(?:bearer|basic|digest)\s+)?",
            value!()
        ),
        // A setting or an argument whose name says that it is a secret.
        concat!(
            r"(?i)(?P<keep>(?:--|\b)[a-z0-9_.-]*",
            r"(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|credentials?)",
            r#"[a-z0-9_-]*['"]?(?:\s*[:=]>?\s*|\s+=>\s+))"#,
            value!()
        ),
        concat!(r"(?i)(?P<keep>--[a-z0-9-]*(?:password|secret|token)\s+)", value!()),
        r"(?i)(?P<keep>\b(?:bearer|basic|token|password|secret)\s+)(?:[a-z0-9+/=._~-]*[0-9][a-z0-9+/=._~-]{15,})",
        // Tokens of keystone, of JSON Web Tokens, keys of Ceph and of clouds, by how they begin.
        r"\bgAAAA[A-Za-z0-9_-]{16,}=*",
        r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*",
        r"\bAQ[A-Za-z0-9+/]{36,}==",
        r"\bAKIA[A-Z0-9]{16}\b",
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// A text without its secrets, and how many were removed.
#[must_use]
pub fn redact(text: &str) -> (String, u32) {
    let mut removed = 0;
    let mut text = Cow::Borrowed(text);
    for form in FORMS.iter() {
        let replaced = form.replace_all(&text, |found: &Captures| {
            let keep = found.name("keep").map_or("", |keep| keep.as_str());
            // What an earlier form took away is no secret any more.
            let already = found[0][keep.len()..].trim_matches(['"', '\'', 'u']) == REMOVED;
            removed += u32::from(!already);
            format!("{keep}{REMOVED}")
        });
        if let Cow::Owned(new) = replaced {
            text = Cow::Owned(new);
        }
    }
    (text.into_owned(), removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_a_regular_expression() {
        assert_eq!(FORMS.len(), 10);
    }

    #[test]
    fn secrets_are_removed_and_what_is_around_them_stays() {
        for (text, expected) in [
            ("connection = mysql+pymysql://nova:s3cr3t@10.0.0.5/nova?charset=utf8", "connection = mysql+pymysql://<removed>"),
            ("rabbit://u:p@ss@h1:5672,u:p2@h2:5672/ gone", "rabbit://<removed> gone"),
            ("'password': u'hunter2', 'user': 'nova'", "'password': <removed>, 'user': 'nova'"),
            ("{\"adminPass\": 1, \"admin_password\": \"two words\"}", "{\"adminPass\": 1, \"admin_password\": <removed>}"),
            ("X-Auth-Token: gAAAAABkabcdefghijklmnopqrstuv", "X-Auth-Token: <removed>"),
            ("Authorization: Bearer abcdef0123456789abcdef", "Authorization: <removed>"),
            ("-H \"X-Subject-Token: {SHA256}0123abcd\" ok", "-H \"X-Subject-Token: <removed>\" ok"),
            ("openstack --os-password letmein server list", "openstack --os-password <removed> server list"),
            ("metadata_proxy_shared_secret=abc end", "metadata_proxy_shared_secret=<removed> end"),
            ("got gAAAAABkabcdefghijklmnopqrstuv== back", "got <removed> back"),
            ("key AQBSdKRlAAAAABAAmFNbIU6uHJqeKZy5Bu9xhQ== x", "key <removed> x"),
            ("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb", "a\n<removed>\nb"),
            ("token 0123456789abcdef0123456789abcdef expired", "token <removed> expired"),
        ] {
            let (found, removed) = redact(text);
            assert_eq!((found.as_str(), removed), (expected, 1));
        }
    }

    #[test]
    fn what_tells_of_the_fault_stays() {
        for text in [
            "Lost connection to MySQL server during query",
            "The request you have made requires authentication. (HTTP 401)",
            "http://controller:8774/v2.1/servers answered 500",
            "Unable to validate token because it is expired",
            "req-5b7c7a0e-1f0a-4c0c-9d0e-3f6a2f1f9a11 File \"/usr/lib/python3/nova/compute/manager.py\", line 2417",
        ] {
            assert_eq!(redact(text), (text.to_owned(), 0));
        }
    }
}
