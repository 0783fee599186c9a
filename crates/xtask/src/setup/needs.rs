//! What the system must hold, and what each package manager calls it.

use super::Purpose;

/// How a need is found to be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// A program in the path.
    Program(&'static str),
    /// A library with its headers, as pkg-config knows it.
    Library(&'static str),
    /// Any font at all.
    Font,
}

/// Something that the system must hold.
#[derive(Debug)]
pub struct Need {
    /// Its name, for people.
    pub name: &'static str,
    /// What it is for: "which ...".
    pub why: &'static str,
    /// What it is needed for; a test needs what a run does.
    pub purpose: Purpose,
    /// How it is found.
    pub check: Check,
    /// Its package for each of [`Installer::ALL`].
    packages: [&'static str; 4],
}

/// All needs on Linux. A path in place of a package names the package that holds it, where the manager can find that out.
pub const NEEDS: &[Need] = &[
    Need {
        name: "a C compiler and linker",
        why: "links every program",
        purpose: Purpose::Run,
        check: Check::Program("cc"),
        packages: ["build-essential", "gcc", "base-devel", "gcc"],
    },
    Need {
        name: "pkg-config",
        why: "finds system libraries for the build",
        purpose: Purpose::Run,
        check: Check::Program("pkg-config"),
        packages: ["pkg-config", "pkgconf-pkg-config", "pkgconf", "pkg-config"],
    },
    Need {
        name: "WebKitGTK 4.1 with its headers",
        why: "draws the window",
        purpose: Purpose::Run,
        check: Check::Library("webkit2gtk-4.1"),
        packages: ["libwebkit2gtk-4.1-dev", "webkit2gtk4.1-devel", "webkit2gtk-4.1", "webkit2gtk3-devel"],
    },
    Need {
        name: "WebKitWebDriver",
        why: "drives the real window in the end-to-end test",
        purpose: Purpose::Test,
        check: Check::Program("WebKitWebDriver"),
        packages: ["webkit2gtk-driver", "/usr/bin/WebKitWebDriver", "webkitgtk-6.0", "/usr/bin/WebKitWebDriver"],
    },
    Need {
        name: "Xvfb",
        why: "is the display on which the test opens the window",
        purpose: Purpose::Test,
        check: Check::Program("Xvfb"),
        packages: ["xvfb", "/usr/bin/Xvfb", "xorg-server-xvfb", "/usr/bin/Xvfb"],
    },
    Need {
        name: "a font",
        why: "makes text visible in the screenshots",
        purpose: Purpose::Test,
        check: Check::Font,
        packages: ["fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu", "dejavu-fonts"],
    },
    Need {
        name: "ripgrep",
        why: "counts a regex, which is the limit of speed",
        purpose: Purpose::Bench,
        check: Check::Program("rg"),
        packages: ["ripgrep"; 4],
    },
    Need {
        name: "lnav",
        why: "parses logs and is compared with",
        purpose: Purpose::Bench,
        check: Check::Program("lnav"),
        packages: ["lnav"; 4],
    },
    Need {
        name: "Python",
        why: "runs Drain3, which is compared with",
        purpose: Purpose::Bench,
        check: Check::Program("python3"),
        packages: ["python3-venv", "python3", "python", "python3"],
    },
];

/// A package manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installer {
    /// Debian and Ubuntu.
    Apt,
    /// Fedora and its kin.
    Dnf,
    /// Arch.
    Pacman,
    /// openSUSE.
    Zypper,
}

impl Installer {
    /// All of them, in the order of a need's packages.
    pub const ALL: [Self; 4] = [Self::Apt, Self::Dnf, Self::Pacman, Self::Zypper];

    /// How its presence is found.
    pub fn check(self) -> Check {
        Check::Program(self.line()[0])
    }

    fn line(self) -> &'static [&'static str] {
        match self {
            Self::Apt => &["apt-get", "install", "--yes", "--no-install-recommends"],
            Self::Dnf => &["dnf", "install", "--assumeyes"],
            Self::Pacman => &["pacman", "--sync", "--needed", "--noconfirm"],
            Self::Zypper => &["zypper", "--non-interactive", "install"],
        }
    }

    /// The command that fetches the lists of packages, where that is a command of its own.
    pub fn refresh(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Apt => Some(&["apt-get", "update"]),
            // Arch has no partial upgrades: a fresh list with old packages breaks programs, so that stays with the user.
            Self::Dnf | Self::Pacman | Self::Zypper => None,
        }
    }

    /// The command that installs these packages.
    pub fn install<'a>(self, packages: &[&'a str]) -> Vec<&'a str> {
        self.line().iter().chain(packages).copied().collect()
    }

    /// The packages that meet the needs.
    pub fn packages(self, needs: &[&Need]) -> Vec<&'static str> {
        needs.iter().map(|need| need.packages[self as usize]).collect()
    }
}
