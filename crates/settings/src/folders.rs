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
    /// What can be made again: archives that were unpacked, indexes of logs, what good periods tell.
    pub cache: PathBuf,
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
    /// `DATA_DIR`, `MODELS_DIR` and `CACHE_DIR` stand above the platform's rules.
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
        let beside_data = || given("DATA_DIR").map(|data| data.join("cache"));
        let cache = given("CACHE_DIR").or_else(beside_data).or_else(|| cache_folder(platform, &set));
        let (Some(data), Some(config), Some(cache)) = (data, config, cache) else {
            return Err(Error::NoHome);
        };
        let models = given("MODELS_DIR").unwrap_or_else(|| data.join("models"));
        Ok(Self { settings: config.join("settings.toml"), data, models, cache })
    }

    /// Makes the folders that are missing.
    ///
    /// # Errors
    /// An I/O error naming the folder.
    pub fn make(&self) -> Result<(), Error> {
        let config = self.settings.parent().unwrap_or(Path::new("."));
        [config, &self.data, &self.models, &self.cache]
            .into_iter()
            .try_for_each(|folder| fs::create_dir_all(folder).map_err(Error::io(folder)))
    }

    /// The folder of the sample logs.
    #[must_use]
    pub fn samples(&self) -> PathBuf {
        self.data.join("samples")
    }

    /// The folder of the user's own known failures.
    #[must_use]
    pub fn known_failures(&self) -> PathBuf {
        self.data.join("known_failures")
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

fn cache_folder(platform: Platform, set: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    match platform {
        Platform::Xdg => xdg("XDG_CACHE_HOME", ".cache", set).map(|home| home.join(NAME)),
        Platform::Mac => set("HOME").map(|home| home.join("Library/Caches").join(NAME)),
        Platform::Windows => data_home(platform, set).map(|home| home.join(NAME).join("cache")),
    }
}

/// The variable, where it holds an absolute path as the specification demands, or the folder under the home.
fn xdg(name: &str, under_home: &str, set: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    set(name).filter(|path| path.is_absolute()).or_else(|| set("HOME").map(|home| home.join(under_home)))
}

/// Folders in a temporary one, for tests.
#[cfg(test)]
pub(crate) fn temporary() -> (tempfile::TempDir, Folders) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_path_buf();
    let folders = Folders { settings: data.join("settings.toml"), models: data.join("models"), cache: data.join("cache"), data };
    (folder, folders)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn find(platform: Platform, env: &[(&str, &str)]) -> Result<Folders, Error> {
        Folders::find_on(platform, &|name| env.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    fn check(platform: Platform, env: &[(&str, &str)], [settings, data, models, cache]: [&str; 4]) {
        let found = find(platform, env).unwrap();
        let expected = Folders { settings: settings.into(), data: data.into(), models: models.into(), cache: cache.into() };
        assert_eq!(found, expected, "{platform:?} {env:?}");
    }

    #[test]
    fn follows_the_platform() {
        use Platform::{Mac, Windows, Xdg};
        let home = ("HOME", "/home/u");
        let (share, models) = ("/home/u/.local/share/openstack-rca", "/home/u/.local/share/openstack-rca/models");
        let (settings, caches) = ("/home/u/.config/openstack-rca/settings.toml", "/home/u/.cache/openstack-rca");
        check(Xdg, &[home], [settings, share, models, caches]);
        let env = [home, ("XDG_CONFIG_HOME", "/c"), ("XDG_DATA_HOME", "/d"), ("XDG_CACHE_HOME", "/e")];
        let all = ["/c/openstack-rca/settings.toml", "/d/openstack-rca", "/d/openstack-rca/models", "/e/openstack-rca"];
        check(Xdg, &env, all);
        let support = "/home/u/Library/Application Support/openstack-rca";
        let (settings, models) = (format!("{support}/settings.toml"), format!("{support}/models"));
        check(Mac, &[home], [&settings, support, &models, "/home/u/Library/Caches/openstack-rca"]);
        let env = [("APPDATA", "/r"), ("LOCALAPPDATA", "/l")];
        let all = ["/r/openstack-rca/settings.toml", "/l/openstack-rca", "/l/openstack-rca/models", "/l/openstack-rca/cache"];
        check(Windows, &env, all);
    }

    #[test]
    fn what_is_relative_or_empty_does_not_count() {
        let env = [("HOME", "/home/u"), ("XDG_CONFIG_HOME", "here"), ("XDG_DATA_HOME", ""), ("DATA_DIR", ""), ("CACHE_DIR", "")];
        let (share, models) = ("/home/u/.local/share/openstack-rca", "/home/u/.local/share/openstack-rca/models");
        let (settings, caches) = ("/home/u/.config/openstack-rca/settings.toml", "/home/u/.cache/openstack-rca");
        check(Platform::Xdg, &env, [settings, share, models, caches]);
    }

    #[test]
    fn given_folders_override() {
        let env = [("HOME", "/home/u"), ("DATA_DIR", "/data"), ("CACHE_DIR", "/c")];
        check(Platform::Xdg, &env, ["/home/u/.config/openstack-rca/settings.toml", "/data", "/data/models", "/c"]);
        let env = [("DATA_DIR", "/data"), ("MODELS_DIR", "/m")];
        check(Platform::Xdg, &env, ["/data/settings.toml", "/data", "/m", "/data/cache"]);
    }

    #[test]
    fn no_home_is_an_error_with_a_remedy() {
        let error = find(Platform::Xdg, &[("MODELS_DIR", "/m")]).unwrap_err();
        assert_eq!(error.code(), "no_home");
        assert!(error.hint().contains("DATA_DIR"));
    }
}
