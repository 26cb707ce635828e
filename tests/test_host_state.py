"""What a claim has changed on its engine's host: read, told once, and put right."""

import pytest

from faq.lab.host_state import KEPT, Change, put_right, read_changes, told

PRINTED = """\
+\tfile\t/etc/docker/new.json\t100644 0:0 2 7
+\tfile\t/etc/fstab\t100644 0:0 9 8
+\tfile\t/opt/it's\t100644 0:0 9 8
+\tfile\t/usr/bin/make\t100755 0:0 7 9
+\tkernel setting\t/proc/sys/net/ipv4/ip_forward\t0
+\tprocess\t77\tsleep 9
-\tfile\t/etc/fstab\t100644 0:0 7 7
-\tfile\t/usr/bin/env\t100755 0:0 7 7
-\tfile\t/usr/bin/make\t100755 0:0 7 7
-\tkernel setting\t/proc/sys/net/ipv4/ip_forward\t1
-\tprocess\t8\tdockerd
"""


def test_what_differs_is_told_once():
    assert told(read_changes(PRINTED)) == [
        "file /etc/docker/new.json",
        "file /etc/fstab",
        "file /opt/it's",
        "file /usr/bin/make",
        "kernel setting /proc/sys/net/ipv4/ip_forward 0",
        "process 77 sleep 9",
        "removed file /usr/bin/env",
        "removed process 8 dockerd",
    ]


def test_what_can_be_is_put_right():
    assert put_right(read_changes(PRINTED)).splitlines() == [
        f"rm -rf /etc/docker/new.json; cp -a {KEPT}/etc/docker/new.json /etc/docker/new.json",
        "rm -rf '/opt/it'\"'\"'s'",
        "kill -9 77",
        f"rm -rf /etc/fstab; cp -a {KEPT}/etc/fstab /etc/fstab",
        "echo 1 >/proc/sys/net/ipv4/ip_forward",
    ]


@pytest.mark.parametrize(
    ("is_added", "kind", "name", "command"),
    [
        (True, "address or route", "lo inet 192.0.2.7/32 scope", "address del 192.0.2.7/32 dev lo"),
        (False, "address or route", "192.0.2.0/24 dev lo", "route add 192.0.2.0/24 dev lo"),
        (True, "network namespace", "left", "netns del left"),
    ],
)
def test_network_is_put_right(is_added, kind, name, command):
    assert put_right([Change(is_added, kind, name, "")]) == f"ip {command}"


def test_firewall_is_put_right_at_once():
    rules = "+\tiptables rule\tnat -A a -j b\t\n+\tiptables rule\traw :OUTPUT DROP\t\n"
    rules += "-\tiptables rule\tnat -A b\t\n"
    assert put_right(read_changes(rules)).splitlines() == [
        "iptables -t nat -F; iptables -t nat -X",
        "iptables -t raw -P OUTPUT ACCEPT",
        f"iptables-restore <{KEPT}/iptables",
    ]


def test_what_nobody_knows_how_to_put_right_is_left():
    assert put_right(read_changes("-\tmount\t/mnt\ttmpfs\n+\tnft rule\tchain a\t\n")) == ""
