//! Which API calls an issue speaks of: `openstack server create` is a POST to a route with `servers`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::access::Access;

/// What the words of the command line mean to the APIs, from `knowledge/calls.toml`.
#[derive(Debug, Default, Deserialize)]
struct Words {
    /// Methods of each verb, the usual one first.
    verbs: BTreeMap<String, Vec<String>>,
    /// Parts of the routes of each noun.
    nouns: BTreeMap<String, Vec<String>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(include_str!("../../knowledge/calls.toml")).unwrap_or_default());

/// A call that an issue speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    verb: String,
    methods: &'static [String],
    routes: Vec<&'static str>,
}

impl Call {
    /// How well an access line fits, 0 to 1.
    #[must_use]
    pub fn fits(&self, access: &Access) -> f64 {
        let route = access.route.split('?').next().unwrap_or_default();
        let segments: Vec<&str> = route.split('/').collect();
        let last = segments.iter().rev().find(|s| !s.starts_with('<') && **s != "detail" && **s != "action").copied();
        let near = self.routes.iter().any(|r| segments.contains(r));
        let exact = self.routes.iter().any(|r| last == Some(*r));
        if !near {
            return 0.0;
        }
        let method = self.methods.iter().any(|m| m == access.method);
        match (exact, method) {
            (true, true) => 1.0,
            (_, true) => 0.6,
            (true, false) => 0.4,
            _ => 0.2,
        }
    }
}

impl Call {
    /// How well the words of an API's own record fit: it names the controller and the action rather than the route.
    #[must_use]
    pub fn fits_words(&self, words: &[String]) -> f64 {
        let has = |wanted: &str| words.iter().any(|w| w == wanted);
        let route = self.routes.iter().any(|r| super::tfidf::words(r).all(|w| has(&w)));
        let verb = has(&self.verb);
        match (route, verb) {
            (true, true) => 1.0,
            (true, false) => 0.3,
            _ => 0.0,
        }
    }
}

/// The calls that a text names as commands of the OpenStack client, or of the projects' old ones (`nova list`).
#[must_use]
pub fn named(issue: &str) -> Vec<Call> {
    let words: Vec<String> = issue
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|w| !w.is_empty())
        .flat_map(|w| w.split('-').map(str::to_lowercase).collect::<Vec<_>>())
        .collect();
    let mut calls = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let old = matches!(word.as_str(), "nova" | "cinder" | "neutron" | "glance" | "heat");
        if word != "openstack" && !old {
            continue;
        }
        let told = &words[at + 1..words.len().min(at + 5)];
        let mut routes: Vec<&str> = (1..=2)
            .flat_map(|n| told.windows(n).map(|w| w.join(" ")).collect::<Vec<_>>())
            .filter_map(|noun| WORDS.nouns.get(noun.as_str()))
            .flatten()
            .map(String::as_str)
            .collect();
        if routes.is_empty() && old {
            routes.extend(WORDS.nouns.get(word).into_iter().flatten().map(String::as_str));
        }
        let verb = told.iter().find_map(|v| WORDS.verbs.get_key_value(v));
        if let (Some((verb, methods)), false) = (verb, routes.is_empty()) {
            calls.push(Call { verb: verb.clone(), methods, routes });
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(issue: &str, method: &str, route: &str) -> f64 {
        let access = Access { method, route, status: 500 };
        named(issue).iter().map(|c| c.fits(&access)).fold(0.0, f64::max)
    }

    #[test]
    fn commands_are_calls() {
        let full = |issue, method, route| assert!((fits(issue, method, route) - 1.0).abs() < 1e-9, "{issue}");
        full("`openstack server create` fails", "POST", "/v<n>/<hex>/servers");
        full("openstack network set returns an error", "PUT", "/v<n>/networks/<id>");
        full("The command \"nova list\" hangs", "GET", "/v<n>/<hex>/servers/detail");
        full("openstack server add volume says 500", "POST", "/v<n>/<hex>/servers/<id>/os-volume_attachments");
        full("openstack subnet create", "POST", "/v<n>/subnets");
    }

    #[test]
    fn other_calls_fit_less() {
        assert!(fits("openstack server create", "GET", "/v<n>/servers/detail") < 1.0);
        assert!(fits("openstack server create", "POST", "/v<n>/volumes").abs() < 1e-9);
        assert_eq!(named("the volume is slow"), []);
    }
}
