//! Which service and subsystem a program, logger or Python package belongs to.

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A program or a library.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// The process: `nova-compute`. None for a library and for code that several processes of a subsystem run.
    pub service: Option<String>,
    /// The project it belongs to: `nova`. None for a library, whose faults show up in whatever process loads it.
    pub subsystem: Option<String>,
    /// Names of programs, loggers and packages; a logger or package stands for all below it too.
    pub names: Vec<String>,
    /// What an error in it usually means, in a sentence.
    pub fault: Option<String>,
    /// Subsystems that the fault usually lies in, for a library.
    #[serde(default)]
    pub points_to: Vec<String>,
}

/// All components, found by name.
#[derive(Debug, Default)]
pub(super) struct Components {
    all: Vec<Component>,
    by_name: FxHashMap<String, usize>,
}

impl Components {
    /// Indexes the components; where two claim a name, the first has it.
    pub fn new(all: Vec<Component>) -> Self {
        let mut by_name = FxHashMap::default();
        for (index, component) in all.iter().enumerate() {
            for name in &component.names {
                by_name.entry(normal(name)).or_insert(index);
            }
        }
        Self { all, by_name }
    }

    /// All components, in the order of the tables.
    pub fn all(&self) -> &[Component] {
        &self.all
    }

    /// The component with the longest name that is the given one or a prefix of it up to a dot. In `devstack@n-cpu` and
    /// `rabbit@host` either side of the sign may be the program.
    pub fn find(&self, name: &str) -> Option<&Component> {
        let name = normal(name);
        let sides = name.split_once('@');
        let index = self
            .longest_prefix(&name)
            .or_else(|| sides.and_then(|(_, unit)| self.longest_prefix(unit)))
            .or_else(|| sides.and_then(|(program, _)| self.longest_prefix(program)))?;
        self.all.get(index)
    }

    fn longest_prefix(&self, name: &str) -> Option<usize> {
        let mut rest = name;
        loop {
            if let Some(index) = self.by_name.get(rest) {
                return Some(*index);
            }
            rest = &rest[..rest.rfind('.')?];
        }
    }
}

/// Programs are written with `-` and packages with `_`, source files with `/`: one spelling for all.
fn normal(name: &str) -> String {
    let package = name.rfind("-packages/").map_or(name, |at| &name[at + "-packages/".len()..]);
    let stem = package.strip_suffix(".py").or_else(|| package.strip_suffix(".service")).unwrap_or(package);
    stem.trim_matches('/').to_ascii_lowercase().replace('_', "-").replace('/', ".")
}
