use std::cell::{Cell, RefCell};

use anyhow::anyhow;

use super::needs::Check;
use super::*;

/// A machine that has the programs listed, and gets all of its needs met by its first successful installation.
struct Fake {
    system: System,
    node: Option<&'static str>,
    programs: Vec<&'static str>,
    met: Cell<bool>,
    effective: bool,
    failures: Cell<usize>,
    root: bool,
    lists: bool,
    done: RefCell<Vec<String>>,
}

impl Fake {
    fn bare(programs: &[&'static str]) -> Self {
        Self {
            system: System::Linux,
            node: Some("v22.3.1\n"),
            programs: programs.to_vec(),
            met: Cell::new(false),
            effective: true,
            failures: Cell::new(0),
            root: true,
            lists: true,
            done: RefCell::default(),
        }
    }

    fn error(&self, purpose: Purpose) -> String {
        let error = prepare(self, purpose).unwrap_err().to_string();
        assert!(!error.contains('\n'), "more than one sentence: {error}");
        error
    }
}

impl Machine for Fake {
    fn system(&self) -> System {
        self.system
    }

    fn has(&self, check: Check) -> bool {
        let managed = matches!(check, Check::Program("apt-get" | "dnf" | "pacman" | "zypper" | "sudo" | "rustup"));
        (self.met.get() && !managed) || matches!(check, Check::Program(name) if self.programs.contains(&name))
    }

    fn root(&self) -> bool {
        self.root
    }

    fn lists(&self) -> bool {
        self.lists
    }

    fn display(&self) -> bool {
        false
    }

    fn says(&self, line: &[&str]) -> Option<String> {
        match line[0] {
            "node" => self.node.map(str::to_owned),
            program => self.programs.contains(&program).then(String::new),
        }
    }

    fn does(&self, line: &[&str]) -> Result<()> {
        self.done.borrow_mut().push(line.join(" "));
        if self.failures.get() > 0 && line.contains(&"install") {
            self.failures.set(self.failures.get() - 1);
            return Err(anyhow!("404"));
        }
        self.met.set(self.effective && line.iter().any(|word| ["install", "--sync"].contains(word)) || self.met.get());
        Ok(())
    }
}

const APT: &str = "apt-get install --yes --no-install-recommends";

#[test]
fn nothing_is_run_where_all_is_there() {
    let machine = Fake::bare(&["npm", "cargo-clippy", "rustfmt", "apt-get"]);
    machine.met.set(true);
    prepare(&machine, Purpose::Test).unwrap();
    assert!(machine.done.borrow().is_empty());
}

#[test]
fn only_what_is_missing_is_installed_and_tests_need_more() {
    let machine = Fake::bare(&["npm", "apt-get", "cc"]);
    prepare(&machine, Purpose::Run).unwrap();
    assert_eq!(*machine.done.borrow(), [format!("{APT} pkg-config libwebkit2gtk-4.1-dev")]);

    let machine = Fake::bare(&["npm", "apt-get", "cc", "pkg-config", "Xvfb", "cargo-clippy", "rustfmt"]);
    prepare(&machine, Purpose::Test).unwrap();
    assert_eq!(*machine.done.borrow(), [format!("{APT} libwebkit2gtk-4.1-dev webkit2gtk-driver fonts-dejavu-core")]);
}

#[test]
fn every_package_manager_gets_its_own_names() {
    for (manager, expected) in [
        ("dnf", "dnf install --assumeyes pkgconf-pkg-config webkit2gtk4.1-devel"),
        ("pacman", "pacman --sync --needed --noconfirm pkgconf webkit2gtk-4.1"),
        ("zypper", "zypper --non-interactive install pkg-config webkit2gtk3-devel"),
    ] {
        let machine = Fake::bare(&["npm", "cc", manager]);
        prepare(&machine, Purpose::Run).unwrap();
        assert_eq!(*machine.done.borrow(), [expected]);
    }
}

#[test]
fn lists_are_fetched_where_missing_or_out_of_date() {
    let mut machine = Fake::bare(&["npm", "apt-get", "cc", "pkg-config"]);
    machine.lists = false;
    prepare(&machine, Purpose::Run).unwrap();
    let install = format!("{APT} libwebkit2gtk-4.1-dev");
    assert_eq!(*machine.done.borrow(), ["apt-get update", &install]);

    let machine = Fake::bare(&["npm", "apt-get", "cc", "pkg-config"]);
    machine.failures.set(1);
    prepare(&machine, Purpose::Run).unwrap();
    assert_eq!(*machine.done.borrow(), [&install, "apt-get update", &install]);
}

#[test]
fn users_go_through_sudo_or_are_told_the_command() {
    let mut machine = Fake::bare(&["npm", "apt-get", "cc", "pkg-config", "sudo"]);
    machine.root = false;
    machine.lists = false;
    prepare(&machine, Purpose::Run).unwrap();
    assert_eq!(*machine.done.borrow(), ["sudo apt-get update".to_owned(), format!("sudo {APT} libwebkit2gtk-4.1-dev")]);

    let mut machine = Fake::bare(&["npm", "apt-get", "cc", "pkg-config"]);
    machine.root = false;
    assert!(machine.error(Purpose::Run).contains(&format!("run `{APT} libwebkit2gtk-4.1-dev` as root")));
    assert!(machine.done.borrow().is_empty());
}

#[test]
fn what_cannot_be_installed_is_one_sentence_that_names_it() {
    let machine = Fake::bare(&["npm", "cc"]);
    assert!(machine.error(Purpose::Run).contains("install pkg-config, WebKitGTK 4.1 with its headers yourself"));

    let mut machine = Fake::bare(&["npm", "apt-get", "cc", "pkg-config"]);
    machine.effective = false;
    assert!(machine.error(Purpose::Run).contains("and yet this is missing: WebKitGTK 4.1"));

    let machine = Fake::bare(&["npm", "apt-get", "cc", "pkg-config"]);
    machine.failures.set(2);
    assert_eq!(machine.error(Purpose::Run), "404");
}

#[test]
fn node_is_judged_by_its_version() {
    for (found, named) in [(None, "is not installed"), (Some("v18.20.4"), "this is v18.20.4"), (Some("v20.18.0"), "Node 20.19")] {
        let mut machine = Fake::bare(&["npm"]);
        machine.node = found;
        assert!(machine.error(Purpose::Run).contains(named), "{found:?}");
    }
    let machine = Fake::bare(&[]);
    assert!(machine.error(Purpose::Run).starts_with("npm is not installed"));
    assert_eq!(version("v20.19.2\n"), Some((20, 19)));
    assert_eq!(version("nightly"), None);
}

#[test]
fn rust_components_are_added_for_tests_alone() {
    let machine = Fake::bare(&["npm", "rustup", "rustfmt"]);
    machine.met.set(true);
    prepare(&machine, Purpose::Run).unwrap();
    assert!(machine.done.borrow().is_empty());
    prepare(&machine, Purpose::Test).unwrap();
    assert_eq!(*machine.done.borrow(), ["rustup component add clippy"]);
    let machine = Fake::bare(&["npm"]);
    assert!(machine.error(Purpose::Test).starts_with("clippy and rustfmt of Rust is missing"));
}

#[test]
fn other_systems_are_told_what_to_install() {
    for (system, named) in [(System::Mac, "xcode-select --install"), (System::Windows, "WebView2")] {
        let mut machine = Fake::bare(&["npm", "npm.cmd"]);
        machine.system = system;
        assert!(machine.error(Purpose::Run).contains(named));
    }
    let mut machine = Fake::bare(&["npm", "npm.cmd", "xcode-select"]);
    machine.system = System::Mac;
    prepare(&machine, Purpose::Run).unwrap();
}

#[test]
fn no_display_is_said_on_linux_alone() {
    let mut machine = Fake::bare(&[]);
    assert!(display(&machine).unwrap_err().to_string().starts_with("there is no display here"));
    machine.system = System::Mac;
    display(&machine).unwrap();
}

#[test]
fn the_benchmark_needs_its_own_programs_alone() {
    let machine = Fake::bare(&["apt-get", "rg"]);
    bench(&machine).unwrap();
    assert_eq!(*machine.done.borrow(), [format!("{APT} lnav python3-venv")]);
    let mut machine = Fake::bare(&["rg", "lnav"]);
    machine.system = System::Mac;
    assert!(bench(&machine).unwrap_err().to_string().contains("install Python yourself"));
}
