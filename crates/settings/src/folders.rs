//! Where the program keeps its files, by each platform's own rules.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use crate::Error;

/// The program's name in the platform's folders.
const NAME: &str = "openstack-rca";

/// Where the program keeps its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The settings file.
    pub settings: PathBuf,
    /// Sample logs, recent folders and what else the program writes for itself.
    pub data: PathBuf,
    /// One folder per trained model.
    pub models: PathBuf,
}

/// The rules for where a program keeps its files.
#[derive(Debug, Clone, Copy)]
enum Platform {
    Xdg,
    Mac,
    Windows,
}

impl Folders {
    /// Finds the folders from the environment, which `env` looks up by name; nothing is made.
    ///
    /// `DATA_DIR` and `MODELS_DIR` stand above the platform's rules.
    ///
    /// # Errors
    /// [`Error::NoHome`] where neither the platform's variables nor `DATA_DIR` name a folder.
    pub fn find(env: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let platform = if cfg!(windows) {
            Platform::Windows
        } else if cfg!(target_os = "macos") {
            Platform::Mac
        } else {
            Platform::Xdg
        };
        Self::find_on(platform, env)
    }

    fn find_on(platform: Platform, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let given = |name: &str| set(name).map(|path| std::path::absolute(&path).unwrap_or(path));
        let data = given("DATA_DIR").or_else(|| data_home(platform, &set).map(|home| home.join(NAME)));
        // A container that sets DATA_DIR alone has no home: its settings then lie with the data.
        let config = config_home(platform, &set).map(|home| home.join(NAME)).or_else(|| given("DATA_DIR"));
        let (Some(data), Some(config)) = (data, config) else {
            return Err(Error::NoHome);
        };
        let models = given("MODELS_DIR").unwrap_or_else(|| data.join("models"));
        Ok(Self { settings: config.join("settings.toml"), data, models })
    }

    /// Makes the folders that are missing.
    ///
    /// # Errors
    /// An I/O error naming the folder.
    pub fn make(&self) -> Result<(), Error> {
        let config = self.settings.parent().unwrap_or(Path::new("."));
        [config, &self.data, &self.models]
            .into_iter()
            .try_for_each(|folder| fs::create_dir_all(folder).map_err(Error::io(folder)))
    }

    /// The folder of the sample logs.
    #[must_use]
    pub fn samples(&self) -> PathBuf {
        self.data.join("samples")
    }
}

fn data_home(platform: Platform, set: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    match platform {
        Platform::Xdg => xdg("XDG_DATA_HOME", ".local/share", set),
        Platform::Mac => set("HOME").map(|home| home.join("Library/Application Support")),
        Platform::Windows => set("LOCALAPPDATA").or_else(|| set("USERPROFILE").map(|home| home.join("AppData/Local"))),
    }
}

fn config_home(platform: Platform, set: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    match platform {
        Platform::Xdg => xdg("XDG_CONFIG_HOME", ".config", set),
        Platform::Mac => set("HOME").map(|home| home.join("Library/Application Support")),
        Platform::Windows => set("APPDATA").or_else(|| set("USERPROFILE").map(|home| home.join("AppData/Roaming"))),
    }
}

/// The variable, where it holds an absolute path as the specification demands, or the folder under the home.
fn xdg(name: &str, under_home: &str, set: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    set(name).filter(|path| path.is_absolute()).or_else(|| set("HOME").map(|home| home.join(under_home)))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn find(platform: Platform, env: &[(&str, &str)]) -> Result<Folders, Error> {
        Folders::find_on(platform, &|name| env.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    fn check(platform: Platform, env: &[(&str, &str)], settings: &str, data: &str, models: &str) {
        let found = find(platform, env).unwrap();
        let expected = Folders { settings: settings.into(), data: data.into(), models: models.into() };
        assert_eq!(found, expected, "{platform:?} {env:?}");
    }

    #[test]
    fn follows_the_platform() {
        use Platform::{Mac, Windows, Xdg};
        let home = ("HOME", "/home/u");
        let share = "/home/u/.local/share/openstack-rca";
        check(Xdg, &[home], "/home/u/.config/openstack-rca/settings.toml", share, &format!("{share}/models"));
        let (config, data) = (("XDG_CONFIG_HOME", "/c"), ("XDG_DATA_HOME", "/d"));
        check(Xdg, &[home, config, data], "/c/openstack-rca/settings.toml", "/d/openstack-rca", "/d/openstack-rca/models");
        let support = "/home/u/Library/Application Support/openstack-rca";
        check(Mac, &[home], &format!("{support}/settings.toml"), support, &format!("{support}/models"));
        let (roaming, local) = (("APPDATA", "/r"), ("LOCALAPPDATA", "/l"));
        check(Windows, &[roaming, local], "/r/openstack-rca/settings.toml", "/l/openstack-rca", "/l/openstack-rca/models");
    }

    #[test]
    fn what_is_relative_or_empty_does_not_count() {
        let env = [("HOME", "/home/u"), ("XDG_CONFIG_HOME", "here"), ("XDG_DATA_HOME", ""), ("DATA_DIR", "")];
        let share = "/home/u/.local/share/openstack-rca";
        check(Platform::Xdg, &env, "/home/u/.config/openstack-rca/settings.toml", share, &format!("{share}/models"));
    }

    #[test]
    fn data_and_models_folders_override() {
        let env = [("HOME", "/home/u"), ("DATA_DIR", "/data")];
        check(Platform::Xdg, &env, "/home/u/.config/openstack-rca/settings.toml", "/data", "/data/models");
        let env = [("DATA_DIR", "/data"), ("MODELS_DIR", "/m")];
        check(Platform::Xdg, &env, "/data/settings.toml", "/data", "/m");
    }

    #[test]
    fn no_home_is_an_error_with_a_remedy() {
        let error = find(Platform::Xdg, &[("MODELS_DIR", "/m")]).unwrap_err();
        assert_eq!(error.code(), "no_home");
        assert!(error.hint().contains("DATA_DIR"));
    }
}
