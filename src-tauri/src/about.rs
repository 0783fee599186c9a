//! What the program knows of itself.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument over by value")]

use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use crate::session::Session;

/// How this program was built, and where it keeps its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Facts {
    /// Its version.
    pub version: &'static str,
    /// The revision in git that it was built from, where that was known; only programs for use have one.
    pub revision: Option<&'static str>,
    /// The kind of machine that it was built for, as Rust names it.
    pub target: &'static str,
    /// The system that it was built for, by the name that the list of licences has for it.
    pub system: &'static str,
    /// What its own code may be used under.
    pub licence: &'static str,
    /// Where it keeps its files; none where no home folder is known.
    pub places: Option<Places>,
}

/// Where the program keeps its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Places {
    /// The settings file.
    pub settings: String,
    /// Samples, recent folders and the like.
    pub data: String,
    /// The models.
    pub models: String,
    /// What can be made again.
    pub cache: String,
}

/// How this program was built, and where it keeps its files.
#[tauri::command]
pub fn about(session: State<'_, Session>) -> Facts {
    facts(session.folders().ok())
}

fn facts(folders: Option<&settings::Folders>) -> Facts {
    let shown = |path: &std::path::Path| path.display().to_string();
    Facts {
        version: env!("CARGO_PKG_VERSION"),
        revision: option_env!("BUILD_REVISION"),
        target: env!("TARGET"),
        system: std::env::consts::OS,
        licence: env!("CARGO_PKG_LICENSE"),
        places: folders.map(|folders| Places {
            settings: shown(&folders.settings),
            data: shown(&folders.data),
            models: shown(&folders.models),
            cache: shown(&folders.cache),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_names_its_version_target_and_places() {
        let folders = settings::Folders {
            settings: "/home/op/settings.toml".into(),
            data: "/home/op/data".into(),
            models: "/home/op/models".into(),
            cache: "/home/op/cache".into(),
        };
        let facts = facts(Some(&folders));
        assert!(facts.version.split('.').all(|part| part.parse::<u32>().is_ok()), "{facts:?}");
        assert!(facts.target.contains('-') && facts.licence == "MIT", "{facts:?}");
        assert_eq!(facts.places.map(|places| places.models).as_deref(), Some("/home/op/models"));
    }

    #[test]
    fn without_a_home_there_are_no_places() {
        assert_eq!(facts(None).places, None);
    }
}
