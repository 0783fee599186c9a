//! The templates that the logs have.

use std::cmp::Reverse;

use super::{Explorer, Kind};
use crate::template;

impl Explorer {
    /// The templates that events have, the most frequent first.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        let (logs, templates) = (&self.logs, &self.logs.templates);
        let levels = template::levels(&logs.read, &logs.of, templates.list.len());
        let kinds = templates.list.iter().enumerate().map(|(n, template)| Kind {
            number: n as u32,
            template: template.clone(),
            name: templates.name(n as u32).map(str::to_owned),
            muted: templates.is_muted(n as u32),
            level: levels[n].name().map(str::to_owned),
            count: templates.counts[n],
        });
        let mut kinds: Vec<Kind> = kinds.filter(|kind| kind.count > 0).collect();
        kinds.sort_by_key(|kind| Reverse(kind.count));
        kinds
    }
}
