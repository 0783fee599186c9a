use super::*;

fn file(content: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.toml");
    fs::write(&path, content).unwrap();
    (folder, path)
}

/// The file is refused with a message that holds `place` and `reason`, by reading and by writing, and is left alone.
fn check_refused(content: &str, place: &str, reason: &str) {
    let (_folder, path) = file(content);
    for error in [Settings::load(&path).unwrap_err(), Settings::default().save(&path).unwrap_err()] {
        let message = error.to_string();
        assert!(message.contains(place) && message.contains(reason), "{content:?}: {message}");
        assert!(!message.contains('\n') && !error.hint().is_empty(), "{message}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), content);
}

#[test]
fn the_documented_file_holds_every_setting_at_its_default() {
    let (_folder, path) = file(DOCUMENTED);
    assert_eq!(Settings::load(&path).unwrap(), Settings::default());
    let documented = Document::parse(DOCUMENTED).unwrap();
    let all = toml_edit::ser::to_document(&Settings::default()).unwrap();
    for (section, item) in all.iter() {
        let names = item
            .as_table_like()
            .map_or(vec![section.to_owned()], |table| table.iter().map(|(name, _)| format!("{section}.{name}")).collect());
        for name in names {
            assert!(span_of(&documented, &name).is_some(), "{name} is not documented");
        }
    }
}

#[test]
fn every_parameter_has_its_range_and_default_in_a_comment() {
    let lines: Vec<&str> = DOCUMENTED.lines().skip_while(|line| !line.starts_with("[appearance]")).collect();
    for (index, line) in lines.iter().enumerate() {
        if let Some((_, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            let default = format!("efault {}.", value.trim_end_matches(".0"));
            assert!(lines[index - 1].starts_with('#') && lines[index - 1].contains(&default), "{line}");
        }
    }
}

#[test]
fn no_file_means_the_defaults_and_saving_writes_it_documented() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/settings.toml");
    assert_eq!(Settings::load(&path).unwrap(), Settings::default());
    Settings::default().save(&path).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), DOCUMENTED);
}

#[test]
fn values_and_comments_of_the_user_survive_saving() {
    let (_folder, path) = file("# mine\n[lstm]\nunits = 32 # small\nseed = 0x10\n");
    let mut settings = Settings::load(&path).unwrap();
    assert_eq!((settings.lstm.units, settings.lstm.seed, settings.lstm.batch), (32, 16, 32));
    settings.lstm.units = 48;
    settings.appearance = Appearance { theme: Theme::Dark, contrast: Contrast::High };
    settings.save(&path).unwrap();
    assert_eq!(Settings::load(&path).unwrap(), settings);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# mine\n") || text.contains("# mine\n[lstm]"), "{text}");
    assert!(text.contains("units = 48 # small"), "{text}");
    assert!(text.contains("# Hidden") || text.contains("# Windows in a batch"), "{text}");
}

#[test]
fn inline_sections_are_read_and_written() {
    let (_folder, path) = file("lstm = { units = 32 }\n");
    let mut settings = Settings::load(&path).unwrap();
    settings.lstm.epochs = 7;
    settings.save(&path).unwrap();
    assert_eq!(Settings::load(&path).unwrap(), settings);
}

#[test]
fn mistakes_name_file_line_and_reason() {
    check_refused("\n[lstm]\nunit = 3\n", "settings.toml:3", "unknown field `unit`");
    check_refused("[lsmt]\n", "settings.toml:1", "unknown field `lsmt`");
    check_refused("[lstm]\nunits = \"many\"\n", "settings.toml:2", "invalid type");
    check_refused("[lstm]\nunits = -1\n", "settings.toml:2", "-1");
    check_refused("# one\n[lstm]\n\nunits = 0\n", "settings.toml:4", "lstm.units is 0, and must be between 1 and 1024");
    check_refused("[appearance]\ntheme = \"pink\"\n", "settings.toml:2", "pink");
    check_refused("[appearance]\ncontrast = \"low\"\n", "settings.toml:2", "low");
    check_refused("model = \"../x\"\n", "settings.toml:1", "../x");
    check_refused("[lstm\n", "settings.toml:1", "");
    check_refused("format_version = 2\nnovelty = 1\n", "settings.toml", "format version 2");
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let (_folder, path) = file("");
    fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
    let message = Settings::load(&path).unwrap_err().to_string();
    assert!(message.contains("not a text file"), "{message}");
}

#[test]
fn a_setting_out_of_range_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.toml");
    let mut settings = Settings::default();
    settings.lstm.seed = u64::MAX;
    assert!(settings.save(&path).unwrap_err().to_string().contains("lstm.seed"));
    assert!(!path.exists());
}
