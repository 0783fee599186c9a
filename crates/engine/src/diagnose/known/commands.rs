//! Commands that only look.

/// Words that change something when they are run.
const CHANGING: &str = "add alter apply chmod chown cp create dd delete discover_hosts disable drop edit enable evacuate failover
    flush heal_allocations insert install kill killall migrate mkfs mount mv patch pkill poweroff purge reboot rebuild remove
    reset restart rm set start stop systemd-run tee truncate umount unset update";

/// What in a command would change something: a word, or a redirection into a file; none where it only looks.
pub(super) fn changing(command: &str) -> Option<&str> {
    let mut words = command.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    let word = words.find(|word| CHANGING.split_whitespace().any(|verb| verb.eq_ignore_ascii_case(word)));
    word.or_else(|| command.contains('>').then_some(">"))
}

#[cfg(test)]
mod tests {
    use super::changing;

    #[test]
    fn what_changes_something_is_found() {
        for (command, word) in [
            ("systemctl restart mariadb", "restart"),
            ("openstack server list; rm -rf /var/lib/nova", "rm"),
            ("mysql -e 'DROP TABLE instances'", "DROP"),
            ("ss -ltn > /etc/hosts", ">"),
        ] {
            assert_eq!(changing(command), Some(word), "{command}");
        }
        for command in ["systemctl status mariadb", "openstack hypervisor list", "nova-status upgrade check"] {
            assert_eq!(changing(command), None, "{command}");
        }
    }
}
