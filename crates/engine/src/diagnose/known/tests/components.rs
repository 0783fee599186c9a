//! Programs, loggers, packages and source files find their service and subsystem.

use super::Known;

fn check(name: &str, service: Option<&str>, subsystem: Option<&str>) {
    let found = Known::built_in().subsystem_of(name);
    let pair = found.map(|c| (c.service.as_deref(), c.subsystem.as_deref()));
    assert_eq!(pair, Some((service, subsystem)), "{name}");
}

#[test]
fn programs() {
    for (name, service, subsystem) in [
        ("nova-compute", "nova-compute", "nova"),
        ("nova-placement-api", "placement-api", "placement"),
        ("neutron_dhcp_agent", "neutron-dhcp-agent", "neutron"),
        ("devstack@n-cpu", "nova-compute", "nova"),
        ("devstack@q-svc.service", "neutron-server", "neutron"),
        ("rabbit@ctl1", "rabbitmq", "rabbitmq"),
        ("rabbit@ctl1.example.org", "rabbitmq", "rabbitmq"),
        ("mysqld", "mariadb", "mariadb"),
        ("galera", "mariadb", "mariadb"),
        ("haproxy", "haproxy", "haproxy"),
        ("Keepalived_vrrp", "keepalived", "keepalived"),
        ("virtqemud", "libvirtd", "libvirt"),
        ("qemu-kvm", "qemu", "libvirt"),
        ("ovs-vswitchd", "ovs-vswitchd", "openvswitch"),
        ("ovsdb-server-sb", "ovsdb-server", "ovn"),
        ("ovn-controller", "ovn-controller", "ovn"),
        ("ceph-osd.3", "ceph-osd", "ceph"),
        ("kernel", "kernel", "host"),
        ("cinder-volume", "cinder-volume", "cinder"),
        ("heat-engine", "heat-engine", "heat"),
        ("octavia-health-manager", "octavia-health-manager", "octavia"),
        ("ironic-conductor", "ironic-conductor", "ironic"),
        ("swift-proxy-server", "swift-proxy-server", "swift"),
        ("manila-share", "manila-share", "manila"),
        ("designate-central", "designate-central", "designate"),
        ("barbican-api", "barbican-api", "barbican"),
        ("magnum-conductor", "magnum-conductor", "magnum"),
        ("openstack_dashboard", "horizon", "horizon"),
        ("masakari-engine", "masakari-engine", "masakari"),
    ] {
        check(name, Some(service), Some(subsystem));
    }
}

#[test]
fn loggers_by_their_longest_prefix() {
    check("nova.compute.manager", Some("nova-compute"), Some("nova"));
    check("nova.compute.api", None, Some("nova"));
    check("nova.scheduler.client.report", None, Some("nova"));
    check("nova.scheduler.manager", Some("nova-scheduler"), Some("nova"));
    check("nova.api.openstack.wsgi", Some("nova-api"), Some("nova"));
    check("nova.api.openstack.placement.handler", Some("placement-api"), Some("placement"));
    check("nova.api.metadata.handler", Some("nova-metadata"), Some("nova"));
    check("nova.exception", None, Some("nova"));
    check("neutron.agent.dhcp.agent", Some("neutron-dhcp-agent"), Some("neutron"));
    check("neutron.agent.linux.iptables_manager", None, Some("neutron"));
    check("neutron.plugins.ml2.managers", Some("neutron-server"), Some("neutron"));
    check("neutron.plugins.ml2.drivers.openvswitch.agent.ovs_neutron_agent", Some("neutron-openvswitch-agent"), Some("neutron"));
    check("neutron.agent.ovn.metadata.agent", Some("neutron-ovn-metadata-agent"), Some("neutron"));
    check("cinder.volume.flows.manager.create_volume", Some("cinder-volume"), Some("cinder"));
    check("keystone.server.flask.application", Some("keystone"), Some("keystone"));
}

#[test]
fn source_files_of_tracebacks() {
    check("nova/compute/manager.py", Some("nova-compute"), Some("nova"));
    check("/usr/lib/python3/dist-packages/cinder/volume/manager.py", Some("cinder-volume"), Some("cinder"));
    check("/var/lib/kolla/venv/lib/python3.10/site-packages/oslo_db/api.py", None, None);
}

#[test]
fn libraries_say_where_their_faults_usually_are() {
    for (name, subsystem) in
        [("oslo_messaging._drivers.amqpdriver", "rabbitmq"), ("oslo.db", "mariadb"), ("keystoneauth1", "keystone")]
    {
        let library = Known::built_in().subsystem_of(name).unwrap();
        assert_eq!((&library.service, &library.subsystem), (&None, &None), "{name}");
        assert!(library.fault.is_some() && library.points_to.iter().any(|to| to == subsystem), "{name}");
    }
}

#[test]
fn strangers_belong_nowhere() {
    for name in ["", "novacompute", "acme.compute", "my-nova-compute", "@", "."] {
        assert_eq!(Known::built_in().subsystem_of(name), None, "{name}");
    }
}

#[test]
fn no_name_is_claimed_twice() {
    let known = Known::built_in();
    for component in known.components() {
        for name in &component.names {
            assert_eq!(known.subsystem_of(name), Some(component), "{name}");
        }
    }
}
