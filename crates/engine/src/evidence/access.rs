//! What an API's access line says: which call, and how it ended.

use crate::template::Template;

/// An API call as its access line tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access<'a> {
    /// `POST`.
    pub method: &'a str,
    /// The route with its variables masked: `/v<n>.<n>/<hex>/servers`.
    pub route: &'a str,
    /// The HTTP status code.
    pub status: u16,
}

/// Reads a template as an access line: a quoted or bare `METHOD /route`, and a status code behind it. Masks leave status codes alone.
#[must_use]
pub fn read(template: &Template) -> Option<Access<'_>> {
    const METHODS: [&str; 6] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"];
    let mut words = template.text.split(' ');
    let method = words.find_map(|w| METHODS.into_iter().find(|m| w.trim_start_matches(['"', '\'', '[']) == *m))?;
    let route = words.next().filter(|r| r.starts_with('/') || r.starts_with("http"))?;
    let status = words.find_map(|w| status(w.trim_matches(['"', '[', ']', ',', '(', ')'])))?;
    Some(Access { method, route: route.trim_end_matches('"'), status })
}

fn status(word: &str) -> Option<u16> {
    word.parse().ok().filter(|s| word.len() == 3 && (100..600).contains(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str, u16)>) {
        let template = Template { origin: "a".into(), text: text.into() };
        assert_eq!(read(&template).map(|a| (a.method, a.route, a.status)), expected, "{text}");
    }

    #[test]
    fn access_lines_of_all_servers() {
        check(
            "<ip> \"POST /v<n>/<hex>/servers HTTP/<n>\" status: 500 len: <n> time: <n>",
            Some(("POST", "/v<n>/<hex>/servers", 500)),
        );
        check("<ip> - - [<*>] \"GET /v<n>/images HTTP/<n>\" 404 <n> <n>", Some(("GET", "/v<n>/images", 404)));
        check("<ip> \"GET /resource_providers?<*>\" status: 200 len: <n>", Some(("GET", "/resource_providers?<*>", 200)));
        check("GET http://<ip>/v<n>/volumes", None);
        check("Returning 404 to user: no such server", None);
    }
}
